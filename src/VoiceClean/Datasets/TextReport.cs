using System.Globalization;
using VoiceClean.Datasets.Transcripts;

namespace VoiceClean.Datasets;

/// <summary>How much of a text found a clip. Words are what stands between blanks; in scripts without blanks each
/// character counts.</summary>
/// <param name="Words">In the text.</param>
/// <param name="WordsInClips">In clips of the set.</param>
/// <param name="WordsRejected">In rejected clips.</param>
/// <param name="Characters">Letters and digits in the text.</param>
/// <param name="CharactersInClips">In clips of the set.</param>
/// <param name="CharactersRejected">In rejected clips.</param>
internal sealed record TextSums(
    long Words,
    long WordsInClips,
    long WordsRejected,
    long Characters,
    long CharactersInClips,
    long CharactersRejected)
{
    /// <summary>Two of them together.</summary>
    public TextSums Plus(TextSums other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(
            Words + other.Words,
            WordsInClips + other.WordsInClips,
            WordsRejected + other.WordsRejected,
            Characters + other.Characters,
            CharactersInClips + other.CharactersInClips,
            CharactersRejected + other.CharactersRejected);
    }
}

/// <summary>The words of a set.</summary>
internal sealed record TextReport
{
    private const int MostExamples = 5;

    // A breath or a cough is taken for speech too; a sentence is longer [s].
    private const double LeastUntoldS = 1;

    /// <summary>Clips with a text.</summary>
    public int ClipsWithText { get; init; }

    /// <summary>Clips without.</summary>
    public int ClipsWithoutText { get; init; }

    /// <summary>Clips by how their text was found (<see cref="TextFits"/>).</summary>
    public IReadOnlyDictionary<string, int> Fits { get; init; } = new Dictionary<string, int>();

    /// <summary>Where the texts of recordings went; null if no recording has one.</summary>
    public TextSums? Sums { get; init; }

    /// <summary>The first stretches of text that no clip holds: recording, time, text.</summary>
    public IReadOnlyList<string> LostText { get; init; } = [];

    /// <summary>What could not be done with the transcripts of this run.</summary>
    public IReadOnlyList<TextProblem> Problems { get; init; } = [];

    // Which clips are rejected shows only when all of them are there.
    private static TextSums? Sum(IReadOnlyList<RecordingRecord> records, IReadOnlyList<ClipRecord> clips)
    {
        var rejected = clips.Where(c => c.Reason is not null).Select(ClipTexts.NameOf).ToHashSet();
        TextSums? sum = null;
        foreach (RecordingRecord record in records.Where(r => r.TextSums is not null))
        {
            TextSums of = record.TextSums! with
            {
                WordsInClips = 0,
                WordsRejected = 0,
                CharactersInClips = 0,
                CharactersRejected = 0,
            };
            foreach (ClipRecord clip in record.Clips.Where(c => c.Text is not null))
            {
                int words = TranscriptText.CountWords(clip.Text!),
                    characters = TranscriptText.CountCharacters(clip.Text!);
                of = rejected.Contains(ClipTexts.NameOf(clip))
                    ? of.Plus(new TextSums(0, 0, words, 0, 0, characters))
                    : of.Plus(new TextSums(0, words, 0, 0, characters, 0));
            }

            sum = sum?.Plus(of) ?? of;
        }

        return sum;
    }

    private static IEnumerable<TextProblem> Untold(ClipRecord[] accepted)
    {
        string[] untold =
        [
            .. accepted
                .Where(c => c.UntoldS >= LeastUntoldS)
                .Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.File} ({c.UntoldS:0.0} s)")),
        ];
        return untold.Length == 0
            ? []
            : [new TextProblem(TextProblems.SpeechWithoutWords, untold.Length, [.. untold.Take(MostExamples)])];
    }

    // What is known of earlier runs too.
    private static IEnumerable<TextProblem> Cut(IReadOnlyList<RecordingRecord> records, IReadOnlyList<ClipRecord> clips)
    {
        var withoutText = clips.Where(c => string.IsNullOrEmpty(c.Text)).Select(c => c.Source).ToHashSet();
        string[] cut = [.. records.Where(r => r.IsTextUnused && withoutText.Contains(r.Id)).Select(r => r.Id)];
        return cut.Length == 0
            ? []
            : [new TextProblem(TextProblems.RecordingWasCut, cut.Length, [.. cut.Take(MostExamples)])];
    }

    /// <summary>Sums up a set.</summary>
    /// <param name="records">Of its recordings.</param>
    /// <param name="clips">Its clips, with the texts they have now, rejected ones included.</param>
    /// <param name="problems">Of this run.</param>
    public static TextReport Of(
        IReadOnlyList<RecordingRecord> records,
        IReadOnlyList<ClipRecord> clips,
        IReadOnlyList<TextProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(clips);
        const int most = 10;
        ClipRecord[] accepted = [.. clips.Where(c => c.Reason is null)];
        int with = accepted.Count(c => !string.IsNullOrEmpty(c.Text));
        return new TextReport
        {
            ClipsWithText = with,
            ClipsWithoutText = accepted.Length - with,
            Fits = new SortedDictionary<string, int>(
                accepted.Select(c => c.TextFit).OfType<string>().CountBy(f => f).ToDictionary(),
                StringComparer.Ordinal),
            Sums = Sum(records, clips),
            LostText = [.. records.SelectMany(r => r.LostText).Take(most)],
            Problems =
            [
                .. problems
                    .Concat(Cut(records, clips))
                    .Concat(Untold(accepted))
                    .OrderBy(p => p.Code, StringComparer.Ordinal),
            ],
        };
    }
}
