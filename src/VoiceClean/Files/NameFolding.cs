using System.Text;

namespace VoiceClean.Files;

/// <summary>
/// Tells which names are one name on some file system: Windows and macOS ignore letter case, macOS also whether an
/// accent is part of its letter. Two outputs that differ in nothing else would overwrite each other there, so a plan
/// treats them as colliding everywhere.
/// </summary>
internal static class NameFolding
{
    // Hangul syllables are composed by arithmetic (The Unicode Standard, §3.12).
    private const int SyllableBase = 0xAC00,
        LeadBase = 0x1100,
        VowelBase = 0x1161,
        TailBase = 0x11A7,
        VowelCount = 21,
        TailCount = 28,
        SyllableCount = 11172;

    private static readonly Dictionary<char, string> Forms = CanonicalForms.Load();

    /// <summary>
    /// A text that is equal for names that some file system takes for one: upper case of the canonical decomposition.
    /// </summary>
    public static string Key(string name)
    {
        var key = new StringBuilder(name.Length + 8);
        foreach (char c in name)
        {
            int syllable = c - SyllableBase;
            if (c < 0x80)
            {
                key.Append(char.ToUpperInvariant(c));
            }
            else if (syllable is >= 0 and < SyllableCount)
            {
                AppendHangul(key, syllable);
            }
            else
            {
                key.Append(Forms.TryGetValue(c, out string? form) ? form.ToUpperInvariant() : char.ToUpperInvariant(c));
            }
        }

        return key.ToString();
    }

    /// <summary>A hash of 64 bits of <see cref="Key"/> (FNV-1a over its UTF-16 units).</summary>
    public static ulong Hash(ReadOnlySpan<char> name)
    {
        const ulong offset = 14695981039346656037, prime = 1099511628211;
        ulong hash = offset;
        if (!Ascii.IsValid(name))
        {
            name = Key(name.ToString());
        }

        foreach (char c in name)
        {
            hash = (hash ^ char.ToUpperInvariant(c)) * prime;
        }

        return hash;
    }

    private static void AppendHangul(StringBuilder key, int syllable)
    {
        key.Append((char)(LeadBase + (syllable / (VowelCount * TailCount))));
        key.Append((char)(VowelBase + (syllable % (VowelCount * TailCount) / TailCount)));
        if (syllable % TailCount is > 0 and var tail)
        {
            key.Append((char)(TailBase + tail));
        }
    }
}
