using System.Buffers;

namespace VoiceClean.Datasets.Transcripts;

/// <summary>
/// Labels: a start, an end and a text on each line. Audacity writes seconds and tabs, HTS and HTK units of 100 ns.
/// </summary>
internal static class LabelFormat
{
    // Words come at three a second, phonemes at ten and more.
    private const double MostWordsPerSecond = 6.5;

    private static readonly SearchValues<string> Silences = SearchValues.Create(
        ["sil", "pau", "sp", "spn", "silence", "#", "<s>", "</s>", "<eps>", "SIL", "SP", "xx", "h#"],
        StringComparison.Ordinal);

    private static readonly HashSet<string> Phones = new(
        ("aa ae ah ao aw ax ay b ch d dh dx eh el em en er ey f g hh ih iy jh k l m n ng ow oy p r s sh t th uh uw v w "
            + "y z zh a i u e o ky gy ny hy by py my ry ts N cl I U E c ai ei ui ou iu ie er an in un ang eng ing ong "
            + "x q j zh iong uang").Split(' '),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The cues; null if it is something else. Labels of phonemes give no cues.</summary>
    /// <param name="text">The file.</param>
    /// <param name="format">"audacity" or "hts"; of the latter "hts-phonemes" where there are no words in it.</param>
    public static IReadOnlyList<Cue>? TryRead(string text, out string format)
    {
        ArgumentNullException.ThrowIfNull(text);
        format = "audacity";
        var cues = new List<Cue>();
        bool isWhole = true;
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (string.IsNullOrWhiteSpace(line) || line[0] == '\\')      // Audacity: frequencies of the label before
            {
                continue;
            }

            string[] fields = line.Trim().Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries);
            if (
                fields.Length < 2
                || !CueTimes.TryParseSeconds(fields[0], out double start) && !TryTicks(fields[0], out start)
                || !CueTimes.TryParseSeconds(fields[1], out double end) && !TryTicks(fields[1], out end)
                || end < start)
            {
                return null;
            }

            isWhole &= fields[0].AsSpan().IndexOfAny('.', ',') < 0 && fields[1].AsSpan().IndexOfAny('.', ',') < 0;
            cues.Add(new Cue(start, end, fields.Length < 3 ? "" : fields[2]));
        }

        bool isText = isWhole && !cues.Exists(c => c.EndS >= 10_000) && !text.Contains('\t', StringComparison.Ordinal);
        if (cues.Count == 0 || isText)
        {
            return null;             // "1 2 three"
        }

        // 100 ns: half a second is 5,000,000.
        bool isHts = isWhole && cues[^1].EndS >= 10_000;
        format = isHts ? "hts" : format;
        return isHts ? ReadTicks(cues, ref format) : Ordered(cues);
    }

    private static IReadOnlyList<Cue> ReadTicks(List<Cue> cues, ref string format)
    {
        Cue[] spoken =
        [
            .. cues.Where(c => !Silences.Contains(c.Text))
                .Select(c => c with { StartS = c.StartS / 1e7, EndS = c.EndS / 1e7 }),
        ];
        double seconds = spoken.Sum(c => c.EndS - c.StartS);
        bool arePhones =
            spoken.All(c =>
                c.Text.Contains("/A:", StringComparison.Ordinal) || (c.Text.Contains('-') && c.Text.Contains('+')))
            || spoken.All(c => Phones.Contains(c.Text.TrimEnd('0', '1', '2', '3', '4', '5')))
            || (spoken.Length > Math.Max(3, MostWordsPerSecond * seconds)
                && spoken.All(c => c.Text.Length <= 5 && c.Text.All(char.IsAscii)));
        if (arePhones)
        {
            format = "hts-phonemes";
            return [];
        }

        return Ordered(spoken);
    }

    private static IReadOnlyList<Cue> Ordered(IEnumerable<Cue> cues) =>
        CueTimes.Order(cues.Select(c => c with { Text = TranscriptText.OneLine(Markup.Strip(c.Text)) }));

    private static bool TryTicks(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        bool good = text.Length is > 0 and <= 15 && !text.ContainsAnyExceptInRange('0', '9');
        value = good ? double.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 0;
        return good && value <= 1e13;
    }
}
