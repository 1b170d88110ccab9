using System.Globalization;
using System.Text;

namespace VoiceClean.Formats.Mp4;

/// <summary>
/// What iTunes writes of the encoder: " 00000000 00000840 000001CA 00000000003F31F6 …", which are delay, padding and
/// samples, all hexadecimal. Source: Apple Technical Note TN2258.
/// </summary>
internal static class Mp4Tag
{
    /// <summary>Samples of delay and of sound; null if there is no such tag.</summary>
    /// <param name="box">The content of a "udta" box.</param>
    public static (long Delay, long Samples)? Of(ReadOnlySpan<byte> box)
    {
        int at = box.IndexOf("iTunSMPB"u8);
        int data = at < 0 ? -1 : box[at..].IndexOf("data"u8);
        if (data < 0)
        {
            return null;
        }

        ReadOnlySpan<byte> tail = box[(at + data + 4)..];
        string[] words = Encoding
            .Latin1.GetString(tail[..Math.Min(tail.Length, 128)])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int first = Array.FindIndex(words, w => w.Length == 8 && w.All(char.IsAsciiHexDigit));
        return first >= 0
            && first + 3 < words.Length
            && TryParse(words[first + 1], out long delay)
            && TryParse(words[first + 3], out long samples)
            ? (delay, samples)
            : null;

        static bool TryParse(string word, out long value) =>
            long.TryParse(word, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value) && value >= 0;
    }
}
