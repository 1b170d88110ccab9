using System.Buffers;

namespace VoiceClean.Datasets.Transcripts;

/// <summary>
/// An encoding from before Unicode, and how likely a text is in the language it was made for: a few hundred characters
/// make up more than half of any text, and wrong readings hit them by chance only.
/// </summary>
internal sealed class LegacyEncoding
{
    // Scored characters; more would not change the verdict.
    private const int Sample = 20_000;

    private static readonly double Letter = Math.Log(1.0 / 64);
    private static readonly double Strange = Math.Log(1e-7);

    private readonly SearchValues<char> _common;
    private readonly int _commonCount;
    private readonly (char First, char Last) _script;
    private readonly LegacyTable _table;
    private readonly bool[] _isOrdinary;

    private LegacyEncoding(
        string name,
        int codePage,
        string common,
        (char First, char Last) script,
        Func<int, bool> isOrdinaryLead)
    {
        Name = name;
        _table = LegacyTable.Of(codePage);
        _isOrdinary = _table.FindOf(isOrdinaryLead);
        _common = SearchValues.Create(common);
        _commonCount = common.Distinct().Count();
        _script = script;
    }

    /// <summary>All that are tried.</summary>
    public static IReadOnlyList<LegacyEncoding> All =>
        field ??=
        [
            new("GB18030", 54936, CommonCharacters.Simplified, ('\u4E00', '\u9FFF'), b => b is >= 0xB0 and <= 0xD7),
            new("BIG5", 950, CommonCharacters.Traditional, ('\u4E00', '\u9FFF'), b => b is >= 0xA4 and <= 0xC6),
            new("SHIFT-JIS", 932, CommonCharacters.Japanese, ('\u4E00', '\u9FFF'), b => b is >= 0x88 and <= 0x97),
            new("EUC-JP", 51932, CommonCharacters.Japanese, ('\u4E00', '\u9FFF'), b => b is >= 0xB0 and <= 0xCF),
            new("EUC-KR", 949, CommonCharacters.Korean, ('\uAC00', '\uD7A3'), b => b is >= 0xB0 and <= 0xC8),
            new("WINDOWS-1252", 1252, "", ('\u00C0', '\u00FF'), _ => false) { IsSingleByte = true },
        ];

    /// <summary>As iconv calls it.</summary>
    public string Name { get; }

    /// <summary>The text; null if any byte is not of this encoding.</summary>
    public string? TryRead(ReadOnlySpan<byte> bytes) => _table.TryRead(bytes);

    /// <summary>Whether any bytes are valid in it, so that nothing proves it.</summary>
    public bool IsSingleByte { get; private init; }

    /// <summary>Logarithm of the likelihood of a text [nat]; comparable between readings of the same bytes.</summary>
    public double Likelihood(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        double sum = 0;
        for (int i = 0; i < Math.Min(text.Length, Sample); i++)
        {
            char c = text[i];
            sum +=
                c < 0x80 ? (c >= ' ' || c is '\t' or '\n' or '\r' ? Letter : Strange)
                : IsSingleByte ? OfByte(text, i)
                : OfCharacter(c);
        }

        return sum;
    }

    /// <summary>Whether every character beyond ASCII is one of the most frequent.</summary>
    public bool AreCommon(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.All(c => c < 0x80 || _common.Contains(c));
    }

    private double OfCharacter(char c)
    {
        if (_common.Contains(c))
        {
            return Math.Log(0.6 / _commonCount);
        }

        bool isMark =
            c is (>= '\u3000' and <= '\u3020') or (>= '\uFF01' and <= '\uFF5E') or (>= '\u2013' and <= '\u2026') or '·';
        if (isMark)
        {
            return Math.Log(0.1 / 40);
        }

        if (c is >= '\u30A0' and <= '\u30FF')
        {
            return _common.Contains('の') ? Math.Log(0.1 / 90) : Strange;
        }

        if (c >= _script.First && c <= _script.Last)
        {
            return _isOrdinary[c] ? Math.Log(0.25 / 4000) : Math.Log(0.01 / 8000);
        }

        // Hanja in a Korean text are rare, half-width katakana are rarer than their bytes in other encodings.
        return c is (>= '\u4E00' and <= '\u9FFF') or (>= '\uFF61' and <= '\uFF9F') ? Math.Log(0.001 / 5000) : Strange;
    }

    // A letter with an accent stands among letters without.
    private static double OfByte(string text, int at) =>
        text[at] >= '\u00C0'
        && ((at > 0 && char.IsAsciiLetter(text[at - 1])) || (at + 1 < text.Length && char.IsAsciiLetter(text[at + 1])))
            ? Math.Log(0.3 / 60)
            : Math.Log(0.002 / 128);
}
