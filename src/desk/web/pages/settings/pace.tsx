import { NumberInput, SimpleGrid, Title } from '@mantine/core';

type Pace = { minSeconds: number; maxSeconds: number; dailyCeiling: number };

/** How fast and how much the paired phone writes. The official API has limits of its own. */
export function PaceFields({ pace, onChange }: { pace: Pace; onChange: (pace: Pace) => void }) {
  const number = (key: keyof Pace, label: string, unit: string, most: number, decimals = 0) => (
    <NumberInput
      label={label}
      suffix={` ${unit}`}
      min={key === 'dailyCeiling' ? 1 : 0}
      max={most}
      decimalScale={decimals}
      value={pace[key]}
      onChange={(value) => typeof value === 'number' && onChange({ ...pace, [key]: value })}
    />
  );
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        Laju WhatsApp telepon ruang
      </Title>
      <p className="faint">
        Nomor yang menulis terlalu cepat atau terlalu banyak bisa diblokir WhatsApp untuk selamanya. Bestie
        menunggu sebentar di antara dua pesan, seperti orang mengetik. Yang melewati batas sehari menunggu
        sampai besok; bantuan untuk yang dalam bahaya tidak pernah ditahan.
      </p>
      <SimpleGrid cols={{ base: 1, sm: 3 }} mt="xs">
        {number('minSeconds', 'Jeda tersingkat', 'detik', 60, 1)}
        {number('maxSeconds', 'Jeda terlama', 'detik', 60, 1)}
        {number('dailyCeiling', 'Paling banyak sehari', 'pesan', 20_000)}
      </SimpleGrid>
    </section>
  );
}
