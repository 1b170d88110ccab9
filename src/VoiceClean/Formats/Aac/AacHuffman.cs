namespace VoiceClean.Formats.Aac;

/// <summary>
/// Decodes one of the codes in <see cref="AacCodeWords"/>: short words by a table, the rare long ones by comparing with
/// the first word of each length.
/// </summary>
internal sealed class AacHuffman
{
    private const int FastBits = 9;

    private readonly short[] _fast = new short[1 << FastBits];     // symbol × 16 + length; 0 = a longer word
    private readonly short[] _symbols;
    private readonly int[] _limits, _offsets;  // by length: the word behind the last one, at 20 bits; symbol − word
    private readonly int _longest;

    private AacHuffman(int code)
    {
        byte[] counts = AacCodeWords.Counts[code];
        _symbols = AacCodeWords.Symbols[code];
        _longest = counts.Length;
        _limits = new int[_longest + 1];
        _offsets = new int[_longest + 1];
        int word = 0, index = 0;
        for (int length = 1; length <= _longest; length++)
        {
            word <<= 1;
            _offsets[length] = index - word;
            for (int i = 0; i < counts[length - 1]; i++, word++, index++)
            {
                if (length <= FastBits)
                {
                    int from = word << (FastBits - length);
                    _fast.AsSpan(from, 1 << (FastBits - length)).Fill((short)(_symbols[index] * 16 + length));
                }
            }

            _limits[length] = word << (20 - length);
        }
    }

    /// <summary>Of the scale factors.</summary>
    public static AacHuffman ScaleFactors { get; } = new(0);

    /// <summary>Of the spectrum, 1 to 11; nothing at 0.</summary>
    public static AacHuffman[] Spectrum { get; } =
        [.. Enumerable.Range(0, 12).Select(code => code == 0 ? ScaleFactors : new AacHuffman(code))];

    /// <summary>Reads a symbol. The codes are complete, so every sequence of bits is one.</summary>
    public int Read(ref BitReader bits)
    {
        int entry = _fast[bits.Peek(FastBits)];
        if (entry != 0)
        {
            bits.Drop(entry & 15);
            return entry >> 4;
        }

        int word = (int)bits.Peek(20), length = FastBits + 1;
        while (length < _longest && word >= _limits[length])
        {
            length++;
        }

        bits.Drop(length);
        return _symbols[(word >> (20 - length)) + _offsets[length]];
    }
}
