using System.Numerics;
using System.Runtime.CompilerServices;

namespace VoiceClean.Formats.Aac;

/// <summary>
/// Decodes one of the codes in <see cref="AacCodeWords"/>: short words by a table, the rare long ones by comparing with
/// the first word of each length.
/// </summary>
internal sealed class AacHuffman
{
    private const int FastBits = 10;

    private readonly AacWord[] _fast = new AacWord[1 << FastBits];     // 0 = a longer word
    private readonly AacWord[] _words;
    private readonly int[] _limits, _offsets;  // by length: the word behind the last one, at 20 bits; index − word
    private readonly int _longest;

    /// <param name="code">In <see cref="AacCodeWords"/>.</param>
    /// <param name="signs">For each symbol which of its values are followed by a sign, the first in bit 0; null = none
    /// is.</param>
    public AacHuffman(int code, ReadOnlySpan<byte> signs = default)
    {
        byte[] counts = AacCodeWords.Counts[code];
        short[] symbols = AacCodeWords.Symbols[code];
        _longest = counts.Length;
        _words = new AacWord[symbols.Length];
        _limits = new int[_longest + 1];
        _offsets = new int[_longest + 1];
        int word = 0, index = 0;
        for (int length = 1; length <= _longest; length++)
        {
            word <<= 1;
            _offsets[length] = index - word;
            for (int i = 0; i < counts[length - 1]; i++, word++, index++)
            {
                int symbol = symbols[index];
                _words[index] = new AacWord(symbol, length, signs.IsEmpty ? 0 : signs[symbol]);
                if (length <= FastBits)
                {
                    int from = word << (FastBits - length);
                    _fast.AsSpan(from, 1 << (FastBits - length)).Fill(_words[index]);
                }
            }

            _limits[length] = word << (20 - length);
        }
    }

    /// <summary>Of the scale factors.</summary>
    public static AacHuffman ScaleFactors { get; } = new(0);

    /// <summary>Reads a symbol. The codes are complete, so every sequence of bits is one.</summary>
    public int Read(ref BitReader bits)
    {
        bits.MakeReady();
        AacWord word = Find(bits.Ready);
        bits.Drop(word.Bits);
        return word.Symbol;
    }

    /// <summary>The word at the top of <paramref name="ready"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public AacWord Find(ulong ready)
    {
        AacWord word = _fast[ready >> (64 - FastBits)];
        return word.Bits != 0 ? word : FindLong((int)(ready >> 44));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private AacWord FindLong(int word)
    {
        int length = FastBits + 1;
        while (length < _longest && word >= _limits[length])
        {
            length++;
        }

        return _words[(word >> (20 - length)) + _offsets[length]];
    }
}

/// <summary>A word of a code, packed: a load tells all of it.</summary>
internal readonly struct AacWord
{
    private readonly int _packed;

    /// <param name="symbol">What it stands for.</param>
    /// <param name="length">[bit], without signs.</param>
    /// <param name="signs">As for <see cref="SignsAt"/>.</param>
    public AacWord(int symbol, int length, int signs)
        => _packed = (symbol << 16) | (signs << 10) | (length << 5) | (length + BitOperations.PopCount((uint)signs));

    /// <summary>Bits with the signs behind it.</summary>
    public int Bits => _packed & 31;

    /// <summary>What it stands for.</summary>
    public int Symbol => _packed >> 16;

    /// <summary>
    /// Which of its values have signs, and the four bits behind the word: the row of a table of signs.
    /// </summary>
    /// <param name="ready">The word at the top.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SignsAt(ulong ready)
        => ((_packed >> 6) & 0xF0) | (int)((ready << ((_packed >> 5) & 31)) >> 60);
}
