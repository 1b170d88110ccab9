using VoiceClean.Audio;
using VoiceClean.Inspection.Speech;

namespace VoiceClean.Stages.SuppressClicks;

/// <summary>
/// Turns down keyboard and mouse clicks: short, broad events above what surrounds them in time, found in 8 ms frames
/// and 18 bands (<see cref="ClickScan"/>), told from plosives by level and frequency (<see cref="ClickList"/>), and
/// brought down band by band to their surroundings. Samples away from clicks keep every bit. The idea that the level
/// before and after a transient says how much of a frame is speech is that of Talmon, Cohen and Gannot (Transient noise
/// reduction using nonlocal diffusion filters, IEEE TASLP 2011); here morphological filters estimate it.
/// </summary>
internal sealed class SuppressClicksStage : IStage
{
    private const double PeakSeconds = 0.016;           // a candidate has the largest score within ± this
    private const double BeforeSeconds = 0.012, AfterSeconds = 0.032;       // of a click that is treated
    private const float MarginDb = 3;                   // how far a treated band may stand above its surroundings
    private const double DeepestDb = 40;                // reduction at strength 1
    private readonly SuppressClicksOptions _options;

    /// <summary>Makes the stage.</summary>
    public SuppressClicksStage(SuppressClicksOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>
    /// Of a stretch that is done alone: which are clicks has been decided on the whole, which is more to learn from.
    /// </summary>
    public (SuppressedClicks Clicks, int Start)? OfWhole { get; init; }

    /// <summary>The step from frame to frame [sample]: stretches begin on one, so that their frames are those of the
    /// whole.</summary>
    public static int HopLength(int sampleRate) => new ClickBands(sampleRate).Framing.HopLength;

    /// <inheritdoc/>
    public string Name => "suppress-clicks";

    /// <inheritdoc/>
    public void Process(AudioClip clip, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clip);
        if (_options.Strength == 0)
        {
            return;
        }

        var bands = new ClickBands(clip.SampleRate);
        List<int> clicks = OfWhole is { } whole
            ? [.. whole.Clicks.Frames.Select(f => f - (whole.Start / bands.Framing.HopLength))]
            : Find(bands, clip, cancellation);
        if (clicks.Count > 0)
        {
            new ClickReducer(
                bands,
                clicks,
                bands.Frames(BeforeSeconds),
                bands.Frames(AfterSeconds),
                MarginDb,
                (float)(DeepestDb * _options.Strength)).Process(clip.Samples, cancellation);
        }

        clip.Findings.Set(
            OfWhole?.Clicks
            ?? new SuppressedClicks(clicks.Count, clicks.Count / clip.Duration.TotalSeconds) { Frames = clicks });
    }

    private static List<int> Find(ClickBands bands, AudioClip clip, CancellationToken cancellation)
    {
        ClickList list = Collect(bands, clip.ReadOnlySamples, DigitalSilence.Of(clip), cancellation);
        if (!list.IsAnythingStrong)
        {
            return [];
        }

        var voice = VoicedFrames.Of(clip, cancellation);
        return list.Decide(bands.HopSeconds, frame => voice.IsPause(bands.Framing.FrameStart(frame)));
    }

    private static ClickList Collect(
        ClickBands bands,
        ReadOnlySpan<float> samples,
        DigitalSilence silence,
        CancellationToken cancellation)
    {
        int edge = bands.Framing.HopLength, reach = bands.Frames(PeakSeconds);
        int frames = bands.Framing.FrameCount(samples.Length);
        var scan = new ClickScan(bands, samples.Length, reach);
        var list = new ClickList();
        float[] score = new float[ClickScan.Block + (2 * reach)], levels = new float[score.Length];
        for (int start = 0; start < frames; start += ClickScan.Block)
        {
            cancellation.ThrowIfCancellationRequested();
            scan.MoveTo(start, samples);
            for (int i = 0; i < score.Length; i++)
            {
                score[i] = scan.Score(start - reach + i);
                levels[i] = bands.Level(scan.Level(start - reach + i));
            }

            for (int t = start; t < Math.Min(frames, start + ClickScan.Block); t++)
            {
                long at = bands.Framing.FrameStart(t);
                // A stroke may come out of silence: of its frame, hardly more than the edge that the window hides.
                if (silence.Touches(at + edge, at + bands.Framing.FrameLength - edge))
                {
                    continue;
                }

                int i = t - start + reach;
                float level = levels[i], s = score[i];
                int time = list.CountLevel(level);
                if (s > ClickList.LeastScore && IsPeak(score, levels, i, reach))
                {
                    list.Add(new ClickCandidate(t, time, s, level, scan.Level(t).ToArray(), Excess(scan, t)));
                }
            }
        }

        return list;
    }

    private static float[] Excess(ClickScan scan, int t)
    {
        float[] excess = new float[ClickBands.Lanes];
        for (int b = 0; b < excess.Length; b++)
        {
            excess[b] = scan.Excess(t, b);
        }

        return excess;
    }

    // Scores have a ceiling, which a loud click holds for several frames: the loudest of them is the click, of equally
    // loud ones the first.
    private static bool IsPeak(float[] score, float[] levels, int at, int reach)
    {
        for (int i = at - reach; i <= at + reach; i++)
        {
            if (
                score[i] > score[at]
                || (score[i] == score[at] && (levels[i] > levels[at] || (levels[i] == levels[at] && i < at))))
            {
                return false;
            }
        }

        return true;
    }
}
