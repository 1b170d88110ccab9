using System.Globalization;
using VoiceClean.Datasets.Slicing;

namespace VoiceClean.Datasets;

/// <summary>
/// Finds the clips of a speaker that are no voice, or far too quiet to be the speaker's: an engine in a long pause,
/// typing, music between two takes. Judged against the speaker's other clips, so that whispering, singing and quiet
/// recordings stay what they are.
/// </summary>
internal sealed class SpeakerVoice
{
    // An engine came 32 dB under the speech of a long talk, typing 15 to 20; takes of one speaker differ by less.
    private const double FarDb = 20;

    // A whole recording may be quieter than the others, if it has a voice like them.
    private const double NearDb = 10;

    // In clips of 4 to 12 s of 20 voices the longest vowel lasts at least 0.28 s, in typing at most 0.12 s.
    private const double LongestOfNoise = 0.16, LeastOfVoices = 0.2, JudgedFromS = 3;

    // Short clips may hold one short word; but not none.
    private const double LongestOfNoWord = 0.04;

    // Tones as steady as those of music; speech 0 to 0.20, music 0.41 to 1. A short clip may be one held vowel.
    private const double SteadyAsMusic = 0.33, SteadyForShort = 0.8, SteadyOfVoices = 0.2;

    private readonly double _speechDb, _gainDb;
    private readonly Dictionary<string, double> _recordings;
    private readonly bool _hasVoice, _isGliding;

    private SpeakerVoice(IReadOnlyList<ClipRecord> clips)
    {
        _speechDb = Median(clips.Select(c => c.SpeechDbfs));
        _gainDb = -Median(clips.Select(c => -c.GainDb));
        _recordings = clips
            .GroupBy(c => c.Source, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => Median(g.Select(c => c.SpeechDbfs)), StringComparer.Ordinal);
        _hasVoice = Median(clips.Select(c => c.LongestVoicedS)) >= LeastOfVoices;
        _isGliding = Median(clips.Select(c => -c.SteadyShare)) >= -SteadyOfVoices;
    }

    /// <summary>
    /// The same clips, in the same order; those that are no voice with reason, message and their place among the
    /// rejected.
    /// </summary>
    /// <param name="clips">Of all speakers; rejected ones stay as they are.</param>
    public static IReadOnlyList<ClipRecord> Judge(IReadOnlyList<ClipRecord> clips)
    {
        ArgumentNullException.ThrowIfNull(clips);
        Dictionary<string, SpeakerVoice> speakers = clips
            .Where(c => c.Reason is null)
            .GroupBy(c => c.Speaker, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => new SpeakerVoice([.. g]), StringComparer.Ordinal);
        return
        [
            .. clips.Select(c => c.Reason is null && speakers[c.Speaker].WhyNot(c) is { } message
                ? c with { File = ClipPlaces.Rejected(c), Reason = DropReasons.NoVoice, Message = message }
                : c),
        ];
    }

    private string? WhyNot(ClipRecord clip)
    {
        bool isShort = clip.DurationS < JudgedFromS;
        bool isLikeItsRecording =
            _recordings[clip.Source] - clip.SpeechDbfs < NearDb && clip.LongestVoicedS > LongestOfNoise;
        double below = isLikeItsRecording ? 0 : _speechDb - clip.SpeechDbfs,
            above = isLikeItsRecording ? 0 : clip.GainDb - _gainDb;
        return below > FarDb ? Say($"Its sound is {below:0} dB below the speaker's usual level.")
            : above > FarDb ? Say($"It needed {above:0} dB more gain than the speaker's other clips.")
            : _hasVoice && clip.LongestVoicedS <= (isShort ? LongestOfNoWord : LongestOfNoise)
                ? Say($"Nothing in it has the pitch of a voice for more than {clip.LongestVoicedS:0.00} s.")
            : _isGliding && clip.SteadyShare >= (isShort ? SteadyForShort : SteadyAsMusic)
                ? Say($"Its tones are as steady as those of music ({clip.SteadyShare * 100:0} % of the time).")
            : null;
    }

    // Of an even number the larger one: with one clip of noise and one of speech the speech counts.
    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        return sorted.Length == 0 ? double.NaN : sorted[sorted.Length / 2];
    }

    private static string Say(FormattableString message) => message.ToString(CultureInfo.InvariantCulture);
}
