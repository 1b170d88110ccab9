using System.Globalization;
using VoiceClean.Audio;
using VoiceClean.Datasets.Slicing;
using VoiceClean.Datasets.Transcripts;

namespace VoiceClean.Datasets;

/// <summary>The text of a recording on the clips it is cut into.</summary>
internal sealed class SliceTexts
{
    private const int MostExamples = 5;

    private readonly Transcript? _transcript;
    private readonly IReadOnlyList<Cue> _cues;
    private readonly TextLayout? _layout;
    private readonly bool _isWhole;

    private SliceTexts(Transcript? transcript, IReadOnlyList<Cue> cues, TextLayout? layout, bool isWhole) =>
        (_transcript, _cues, _layout, _isWhole) = (transcript, cues, layout, isWhole);

    /// <summary>Lays the text out.</summary>
    /// <param name="recording">As it was cut.</param>
    /// <param name="plan">How it is cut.</param>
    /// <param name="transcript">What is said; null = not known.</param>
    /// <param name="cues">When; empty = not known.</param>
    public static SliceTexts Of(
        AudioClip recording,
        SlicePlan plan,
        Transcript? transcript,
        IReadOnlyList<Cue> cues)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(cues);
        bool isWhole = plan.Slices.Count == 1 && plan.Dropped.Count == 0;
        if (transcript is null || cues.Count == 0)
        {
            return new SliceTexts(transcript, cues, null, isWhole);
        }

        var speech = new List<SpokenStretch>();
        for (int k = 0; k < plan.Slices.Count; k++)
        {
            Add(plan.Slices[k].Speech, k);
        }

        for (int k = 0; k < plan.Dropped.Count; k++)
        {
            Add([plan.Dropped[k].Range], plan.Slices.Count + k);
        }

        var layout = TextLayout.Of(cues, speech, plan.Slices.Count + plan.Dropped.Count);
        return new SliceTexts(transcript, cues, layout, isWhole);

        void Add(IReadOnlyList<SampleRange> ranges, int clip) =>
            speech.AddRange(
                TimeMap.Of(recording, ranges)
                    .Select(e => new SpokenStretch(e.SourceS, e.SourceS + e.LengthS, clip)));
    }

    /// <summary>Stretches of the recording that are better not cut: one for each cue.</summary>
    /// <param name="recording">As it is to be cut.</param>
    /// <param name="cues">What is said when [s of the source].</param>
    public static IReadOnlyList<SampleRange> Sentences(AudioClip recording, IReadOnlyList<Cue> cues)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(cues);
        return [.. cues.Select(c => new SampleRange(ToSample(c.StartS), ToSample(c.EndS))).Where(r => r.Length > 0)];

        int ToSample(double seconds)
        {
            double source = seconds * recording.SampleRate;
            int offset = 0;
            foreach (SampleRange kept in recording.Kept)
            {
                if (source < kept.End)
                {
                    return offset + (int)Math.Max(0, source - kept.Start);
                }

                offset += kept.Length;
            }

            return offset;
        }
    }

    /// <summary>What is said in a clip; null if that is not known.</summary>
    /// <param name="clip">Number of a slice; behind them those of what was dropped.</param>
    public ClipText? Of(int clip) =>
        _transcript is null ? null
        : _layout is not null ? _layout.Of(clip, _transcript.Language)
        : _isWhole && _transcript.Text.Length > 0
            ? new ClipText(_transcript.Text, _transcript.Language, TextFits.Recording)
            : null;

    /// <summary>Adds to a record how much text there is, and what of it no clip holds.</summary>
    public RecordingRecord Count(RecordingRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (_transcript is null)
        {
            return record;
        }

        string[] all = _layout is null ? [_transcript.Text] : [.. _cues.Select(c => c.Text)];
        return record with
        {
            TextSums = new TextSums(
                all.Sum(t => (long)TranscriptText.CountWords(t)),
                0,
                0,
                all.Sum(t => (long)TranscriptText.CountCharacters(t)),
                0,
                0),
            IsTextUnused = _layout is null && !_isWhole,
            LostText =
            [
                .. (_layout?.Lost ?? []).Take(MostExamples).Select(c => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{record.Id} {c.StartS:0.00} s: {c.Text}")),
            ],
        };
    }
}
