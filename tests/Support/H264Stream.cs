namespace TestSupport;

/// <summary>
/// A raw H.264 stream, as some cameras record it: no container, so no times and no index. Each picture is one grey, in
/// macroblocks without compression (I_PCM). ITU-T H.264, 7.3.
/// </summary>
public static class H264Stream
{
    private const int MacroblockSide = 16;

    /// <summary>The file's bytes.</summary>
    /// <param name="width">In pixels; a multiple of 16.</param>
    /// <param name="height">In pixels; a multiple of 16.</param>
    /// <param name="luma">Of each picture, from 16 to 235.</param>
    public static byte[] Encode(int width, int height, params byte[] luma)
    {
        var (columns, rows) = (width / MacroblockSide, height / MacroblockSide);
        var stream = new BitWriter();
        stream.Begin(0x67); // Sequence parameters: baseline profile, level 4, order of output as decoded, no reference pictures.
        stream.Bytes(66, 0xC0, 40);
        stream.Unsigned(0, 0, 2, 0);
        stream.Bits(0, 1);
        stream.Unsigned(columns - 1, rows - 1);
        stream.Bits(0b1100, 4);
        stream.End();
        stream.Begin(0x68); // Picture parameters: all zero, in CAVLC.
        stream.Unsigned(0, 0);
        stream.Bits(0, 2);
        stream.Unsigned(0, 0, 0);
        stream.Bits(0, 3);
        stream.Unsigned(0, 0, 0);
        stream.Bits(0, 3);
        stream.End();
        for (var i = 0; i < luma.Length; i++)
        {
            stream.Begin(0x65); // A picture that stands alone: first macroblock, kind I, parameters, number, which of two neighbours.
            stream.Unsigned(0, 7, 0);
            stream.Bits(0, 4);
            stream.Unsigned(i % 2);
            stream.Bits(0, 2);
            stream.Unsigned(0);
            for (var block = 0; block < columns * rows; block++)
            {
                stream.Unsigned(25);
                stream.Align();
                stream.Repeat(luma[i], MacroblockSide * MacroblockSide);
                stream.Repeat(128, MacroblockSide * MacroblockSide / 2);
            }

            stream.End();
        }

        return stream.ToArray();
    }

    private sealed class BitWriter
    {
        private readonly List<byte> _bytes = [];
        private int _free;

        public byte[] ToArray() => [.. _bytes];

        public void Begin(byte unit) => Bytes(0, 0, 0, 1, unit);

        public void End()
        {
            Bits(1, 1);
            Align();
        }

        public void Bytes(params byte[] bytes) => _bytes.AddRange(bytes);

        public void Repeat(byte value, int count) => _bytes.AddRange(Enumerable.Repeat(value, count));

        public void Align() => _free = 0;

        public void Bits(int value, int count)
        {
            while (count-- > 0)
            {
                if (_free == 0)
                {
                    _bytes.Add(0);
                    _free = 8;
                }

                _free--;
                _bytes[^1] |= (byte)((value >> count & 1) << _free);
            }
        }

        /// <summary>Exponential Golomb codes.</summary>
        public void Unsigned(params int[] values)
        {
            foreach (var value in values)
            {
                var length = 32 - int.LeadingZeroCount(value + 1);
                Bits(0, length - 1);
                Bits(value + 1, length);
            }
        }
    }
}
