/** What a card number makes the sandbox bank do. */
export type CardOutcome =
  | 'succeeds'
  | 'lacks-funds'
  | 'is-declined'
  | 'is-expired'
  | 'asks-three-d-secure'
  | 'asks-then-declines'
  | 'answers-late'
  | 'answers-twice'
  | 'loses-answer'
  | 'stays-silent'
  | 'never-answers'
  | 'later-lacks-funds'
  | 'later-declined'
  | 'later-expired'
  | 'later-stolen';

export type TestCard = {
  outcome: CardOutcome;
  number: string;
  says: { ru: string; en: string };
};

/** The numbers shown beside the form. Any other valid number is declined by its bank. */
export const TEST_CARDS: readonly TestCard[] = [
  {
    outcome: 'succeeds',
    number: '4242424242424242',
    says: { ru: 'Оплата проходит', en: 'The payment succeeds' },
  },
  {
    outcome: 'asks-three-d-secure',
    number: '4000000000003220',
    says: { ru: 'Банк спросит код 3-D Secure', en: 'The bank asks for a 3-D Secure code' },
  },
  {
    outcome: 'lacks-funds',
    number: '4000000000009995',
    says: { ru: 'Отказ: не хватает денег', en: 'Declined: insufficient funds' },
  },
  {
    outcome: 'is-declined',
    number: '4000000000000002',
    says: { ru: 'Отказ банка', en: 'Declined by the bank' },
  },
  {
    outcome: 'is-expired',
    number: '4000000000000069',
    says: { ru: 'Отказ: карта просрочена', en: 'Declined: the card has expired' },
  },
  {
    outcome: 'asks-then-declines',
    number: '4000000000003337',
    says: { ru: 'Код 3-D Secure, потом отказ', en: '3-D Secure code, then declined' },
  },
  {
    outcome: 'answers-late',
    number: '4000000000000077',
    says: { ru: 'Ответ банка придёт позже', en: 'The bank answers later' },
  },
  {
    outcome: 'answers-twice',
    number: '4000000000000226',
    says: { ru: 'Магазин узнает об оплате трижды', en: 'The shop is told three times' },
  },
  {
    outcome: 'loses-answer',
    number: '4000000000000507',
    says: { ru: 'Оплата проходит, ответ теряется', en: 'Succeeds, but the answer is lost' },
  },
  {
    outcome: 'stays-silent',
    number: '4000000000000408',
    says: { ru: 'Проходит, но магазин не извещён', en: 'Succeeds, the shop is never told' },
  },
  {
    outcome: 'never-answers',
    number: '4000000000000606',
    says: { ru: 'Банк молчит, платёж истекает', en: 'The bank is silent, the payment expires' },
  },
  {
    outcome: 'later-lacks-funds',
    number: '4000000000001018',
    says: {
      ru: 'Проходит; автосписание — только с третьего раза',
      en: 'Succeeds; charged later only at the third try',
    },
  },
  {
    outcome: 'later-declined',
    number: '4000000000001026',
    says: { ru: 'Проходит; автосписание — отказ', en: 'Succeeds; later charges are declined' },
  },
  {
    outcome: 'later-expired',
    number: '4000000000001034',
    says: { ru: 'Проходит; потом просрочена', en: 'Succeeds; expired when charged later' },
  },
  {
    outcome: 'later-stolen',
    number: '4000000000001042',
    says: { ru: 'Проходит; потом заблокирована', en: 'Succeeds; reported stolen later' },
  },
];

export function outcomeOf(number: string): CardOutcome {
  return TEST_CARDS.find((card) => card.number === number)?.outcome ?? 'is-declined';
}
