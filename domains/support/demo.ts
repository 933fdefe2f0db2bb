import type { ClientActor, StaffActor } from '#platform/actor.ts';
import { transact } from '#platform/runtime.ts';
import type { Runtime } from '#platform/runtime.ts';
import { noteInTicket } from './change-ticket.ts';
import { openTicket } from './open-ticket.ts';
import type { NewTicket } from './open-ticket.ts';
import { replyAsClient, replyAsStaff } from './reply-to-ticket.ts';
import type { StaffReply } from './reply-to-ticket.ts';

type Talk = NewTicket & {
  answer?: string;
  state?: StaffReply['state'];
  note?: string;
  thanks?: string;
};

/** What clients of a hosting company ask about. */
const TALKS = {
  transfer: {
    subject: 'Перенос сайта с другого хостинга',
    text: 'Здравствуйте. Хотим переехать к вам со старого хостинга: сайт на WordPress, база около 2 ГБ. Поможете перенести или нужно всё выгрузить самим?',
    priority: 'normal',
    answer:
      'Здравствуйте! Перенесём сами и бесплатно. Пришлите, пожалуйста, адрес панели старого хостинга: пароль в переписке не нужен, мы попросим создать временный доступ.',
    state: 'waiting',
    note: 'Старый хостинг отдаёт копию только по FTP, заложить вечер на базу.',
  },
  mail: {
    subject: 'Письма с сайта попадают в спам',
    text: 'Заявки с формы на сайте приходят в Gmail в папку «Спам». Что нужно настроить, SPF и DKIM?',
    priority: 'high',
  },
  licence: {
    subject: 'Где посмотреть ключ WHMCS',
    text: 'В письме о продлении упомянута лицензия WHMCS, но ключа я не вижу. Где он?',
    priority: 'normal',
    answer:
      'Ключ показан на странице пакета, в карточке «Лицензии». Там же лицензию можно удалить до продления, если она не нужна.',
    state: 'closed',
    thanks: 'Нашла, спасибо!',
  },
} as const satisfies Record<string, Talk>;

export type DemoTalk = keyof typeof TALKS;

/** A client of the demo has asked, and staff have answered, through the operations of everyone. */
export async function seedDemoTickets(
  runtime: Runtime,
  { client, staff }: { client: ClientActor; staff: StaffActor },
  name: DemoTalk,
): Promise<void> {
  const talk: Talk = TALKS[name];
  const ticket = await transact(runtime, client, (ctx) => openTicket(ctx, talk));
  const { id } = ticket;
  let { revision } = ticket;
  const { answer, note, thanks, state = 'answered' } = talk;
  if (note !== undefined) await transact(runtime, staff, (ctx) => noteInTicket(ctx, id, note));
  if (answer === undefined) return;
  if (thanks !== undefined) {
    await transact(runtime, staff, (ctx) =>
      replyAsStaff(ctx, { id, text: answer, revision, state: 'answered' }),
    );
    ({ revision } = await transact(runtime, client, (ctx) => replyAsClient(ctx, id, thanks)));
    return transact(runtime, staff, async (ctx) => {
      await replyAsStaff(ctx, { id, text: 'Рады помочь.', revision, state });
    });
  }
  await transact(runtime, staff, (ctx) => replyAsStaff(ctx, { id, text: answer, revision, state }));
}
