import type { FailureCode } from '#domains/payments/gateway.ts';
import type { CardProblem } from '../card-form.ts';

export type Locale = 'ru' | 'en';

type Words = {
  /** BCP 47, for numbers and amounts. */
  formatTag: string;
  sandbox: string;
  toPay: string;
  pay: string;
  paymentNumber: string;
  payWithin: string;
  otherLanguage: string;
  card: string;
  number: string;
  expiry: string;
  expiryShape: string;
  cvc: string;
  cvcHelp: string;
  neverReal: string;
  willBeSaved: string;
  leave: string;
  back: string;
  testCards: string;
  testCardsHelp: string;
  bank: string;
  confirmTitle: string;
  confirmHelp: string;
  code: string;
  codeHelp: string;
  confirm: string;
  refuse: string;
  succeeded: string;
  succeededHelp: string;
  pending: string;
  pendingHelp: string;
  failed: string;
  unknown: string;
  unknownHelp: string;
  lost: string;
  lostHelp: string;
  failures: Record<FailureCode, string>;
  problems: Record<CardProblem, string>;
};

const ru: Words = {
  formatTag: 'ru-RU',
  sandbox: 'Песочница: деньги здесь ненастоящие',
  toPay: 'К оплате',
  pay: 'Оплатить',
  paymentNumber: 'Платёж',
  payWithin: 'Оплатить можно ещё',
  otherLanguage: 'English',
  card: 'Банковская карта',
  number: 'Номер карты',
  expiry: 'Срок',
  expiryShape: 'ММ / ГГ',
  cvc: 'CVC',
  cvcHelp: 'три цифры на обороте',
  neverReal: 'Не вводите настоящую карту: подойдёт любая из тестовых.',
  willBeSaved: 'Банк сохранит карту: магазин сможет списывать с неё без вас.',
  leave: 'Вернуться в магазин без оплаты',
  back: 'Вернуться в магазин',
  testCards: 'Тестовые карты',
  testCardsHelp: 'Нажмите на карту, и она подставится в форму.',
  bank: 'Песочница-банк',
  confirmTitle: 'Подтвердите оплату',
  confirmHelp: 'Банк хочет убедиться, что платите вы.',
  code: 'Код из сообщения',
  codeHelp: 'Верный код — 1234. Любой другой банк не примет.',
  confirm: 'Подтвердить',
  refuse: 'Отказаться',
  succeeded: 'Оплачено',
  succeededHelp: 'Можно возвращаться в магазин.',
  pending: 'Банк ещё думает',
  pendingHelp: 'Платить второй раз не нужно: магазин узнает ответ сам.',
  failed: 'Платёж не состоялся',
  unknown: 'Такого платежа нет',
  unknownHelp: 'Вернитесь в магазин и откройте оплату заново.',
  lost: 'Связь с банком прервалась',
  lostHelp: 'Платёж мог пройти. Не платите второй раз: вернитесь в магазин, он узнает исход сам.',
  failures: {
    'insufficient-funds': 'На карте не хватает денег. Попробуйте другую карту.',
    'card-declined': 'Банк отклонил карту. Попробуйте другую.',
    'card-expired': 'Банк считает карту просроченной. Попробуйте другую.',
    'card-stolen': 'Банк считает карту утерянной. Попробуйте другую.',
    'three-d-secure-failed': 'Банк не подтвердил оплату. Попробуйте ещё раз или другую карту.',
    'payer-needed': 'Банк просит подтвердить оплату.',
    'method-unknown': 'Такой сохранённой карты нет.',
    'payer-left': 'Вы вернулись в магазин, не оплатив.',
    'payment-expired': 'Время на оплату вышло.',
    other: 'Оплатить не удалось.',
  },
  problems: {
    'number-wrong': 'В номере ошибка. Проверьте цифры.',
    'expiry-wrong': 'Укажите месяц и год.',
    'expiry-past': 'Срок карты истёк.',
    'cvc-wrong': 'Три цифры.',
  },
};

const en: Words = {
  formatTag: 'en-GB',
  sandbox: 'Sandbox: no real money moves here',
  toPay: 'To pay',
  pay: 'Pay',
  paymentNumber: 'Payment',
  payWithin: 'Can be paid for another',
  otherLanguage: 'Русский',
  card: 'Bank card',
  number: 'Card number',
  expiry: 'Expires',
  expiryShape: 'MM / YY',
  cvc: 'CVC',
  cvcHelp: 'three digits on the back',
  neverReal: 'Do not enter a real card: any of the test cards will do.',
  willBeSaved: 'The bank will keep the card, and the shop may charge it without you.',
  leave: 'Return to the shop without paying',
  back: 'Return to the shop',
  testCards: 'Test cards',
  testCardsHelp: 'Choose a card to fill it into the form.',
  bank: 'Sandbox Bank',
  confirmTitle: 'Confirm the payment',
  confirmHelp: 'The bank wants to be sure that it is you who pays.',
  code: 'Code from the message',
  codeHelp: 'The right code is 1234. The bank refuses any other.',
  confirm: 'Confirm',
  refuse: 'Refuse',
  succeeded: 'Paid',
  succeededHelp: 'You can go back to the shop.',
  pending: 'The bank is still thinking',
  pendingHelp: 'There is no need to pay again: the shop will hear the answer by itself.',
  failed: 'The payment did not happen',
  unknown: 'There is no such payment',
  unknownHelp: 'Return to the shop and open the payment again.',
  lost: 'The bank did not answer',
  lostHelp:
    'The payment may have gone through. Do not pay again: return to the shop, it will find out.',
  failures: {
    'insufficient-funds': 'The card has too little money. Try another card.',
    'card-declined': 'The bank declined the card. Try another one.',
    'card-expired': 'The bank says the card has expired. Try another one.',
    'card-stolen': 'The bank says the card was lost or stolen. Try another one.',
    'three-d-secure-failed': 'The bank did not confirm the payment. Try again or use another card.',
    'payer-needed': 'The bank asks you to confirm the payment.',
    'method-unknown': 'There is no such saved card.',
    'payer-left': 'You went back to the shop without paying.',
    'payment-expired': 'The time to pay has run out.',
    other: 'The payment failed.',
  },
  problems: {
    'number-wrong': 'Something is wrong with the number. Check the digits.',
    'expiry-wrong': 'Enter month and year.',
    'expiry-past': 'The card has expired.',
    'cvc-wrong': 'Three digits.',
  },
};

export const WORDS: Readonly<Record<Locale, Words>> = { ru, en };
