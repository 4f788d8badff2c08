import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { api, Answer } from '../../api.ts';
import { longDay, slotTime } from '../../time.ts';

type Lost = Answer<Awaited<ReturnType<typeof api.room.preview.$post>>>['bookings'];

/** Who would lose a visit by what is about to be saved, before it is. */
export function LostPlaces({
  bookings,
  isSaving,
  onSave,
  onClose,
}: {
  bookings: Lost;
  isSaving: boolean;
  onSave: () => void;
  onClose: () => void;
}) {
  const withoutChat = bookings.filter(({ isTold }) => !isTold);
  return (
    <Modal opened={bookings.length > 0} onClose={onClose} title="Ada jadwal yang tidak muat lagi" centered>
      <Stack>
        <Text>
          {bookings.length} kunjungan dibatalkan. Warganya langsung diberi tahu dan ditawari jam lain yang
          terdekat:
        </Text>
        <ul className="plain">
          {bookings.map((booking) => (
            <li key={booking.code}>
              {longDay(booking.day)}, {slotTime(booking.time)} · {booking.code}
              {!booking.isTold && ' · tanpa chat'}
            </li>
          ))}
        </ul>
        {withoutChat.length > 0 && (
          <Text>Catat yang tanpa chat: mereka tidak diberi tahu oleh bot, hubungi sendiri.</Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Jangan
          </Button>
          <Button color="bata" loading={isSaving} onClick={onSave}>
            Simpan dan batalkan {bookings.length} jadwal
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
