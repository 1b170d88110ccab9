using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Inspection.Speech;

namespace VoiceClean.Stages.EstimateNoise;

/// <summary>
/// A recording without the silence that somebody put into it (<see cref="DigitalSilence"/>): what is learnt from it and
/// done to it is the same to the bit as if the silence had never been there, wherever it begins between two frames.
/// Where pauses are silent throughout, words and key strokes must not be joined, and where there is no room for a copy,
/// none is made: then frames that touch the silence are skipped. A finding, so that the gate goes on with what the
/// noise was learnt from.
/// </summary>
internal sealed class SoundingClip : IHeldFinding
{
    private readonly IReadOnlyList<SampleRange> _silent;
    private readonly object _revision, _heard;

    private SoundingClip(AudioClip clip, DigitalSilence silence)
    {
        _silent = silence.Stretches;
        _revision = clip.Revision;
        Clip = new AudioClip(clip.Id, clip.SampleRate, SampleStore.OfLength(silence.SoundLength))
        {
            Threads = clip.Threads,
        };
        int at = 0;
        foreach (SampleRange piece in Pieces(silence.Length))
        {
            Clip.Write(at, clip.ReadOnlySamples.Slice(piece.Start, piece.Length));
            at += piece.Length;
        }

        _heard = Clip.Revision;
    }

    /// <summary>What sounds, one piece after the other; owned by this.</summary>
    public AudioClip Clip { get; }

    /// <summary>
    /// What of a clip sounds: what an earlier stage has left, if the samples are still the same, else made anew. The
    /// caller disposes of it. Null where nothing is to be left out.
    /// </summary>
    /// <param name="clip">Its samples stay as they are.</param>
    public static SoundingClip? Take(AudioClip clip)
    {
        if (clip.Findings.Take<SoundingClip>() is { } known)
        {
            if (ReferenceEquals(known._revision, clip.Revision))
            {
                return known;
            }

            known.Dispose();
        }

        var silence = DigitalSilence.Of(clip);
        return silence.Stretches.Count == 0
            || silence.IsInPauses
            || silence.HasIslands(clip.SampleRate)
            || silence.SoundLength == 0
            || clip.IsWithoutCopies
                ? null
                : new SoundingClip(clip, silence);
    }

    /// <summary>Where a stretch of the recording lies in <see cref="Clip"/> [sample]; may be empty.</summary>
    public SampleRange Within(SampleRange range)
    {
        return new SampleRange(Place(range.Start), Place(range.End));

        int Place(int sample) => sample - _silent.Sum(s => Math.Clamp(sample - s.Start, 0, s.Length));
    }

    /// <summary>The stretch of the recording, from its first sound to its last, that lies there in <see cref="Clip"/>
    /// [sample].</summary>
    /// <param name="range">Not empty.</param>
    public SampleRange InRecording(SampleRange range)
    {
        return new SampleRange(Place(range.Start), Place(range.End - 1) + 1);

        int Place(int sample)
        {
            foreach (SampleRange silent in _silent)
            {
                sample += silent.Start <= sample ? silent.Length : 0;
            }

            return sample;
        }
    }

    /// <summary>Gives the recording what <see cref="Clip"/> has become: samples and warnings.</summary>
    /// <param name="clip">The recording.</param>
    /// <param name="gain">Factor on what lies in the silence, where filters ring.</param>
    public void GiveBack(AudioClip clip, float gain)
    {
        foreach (Warning warning in Clip.Warnings)
        {
            clip.Warn(warning.Code, warning.Message);
        }

        if (ReferenceEquals(_heard, Clip.Revision))
        {
            return;
        }

        int at = 0;
        foreach (SampleRange piece in Pieces(clip.ReadOnlySamples.Length))
        {
            clip.Write(piece.Start, Clip.ReadOnlySamples.Slice(at, piece.Length));
            at += piece.Length;
        }

        Span<float> samples = clip.Samples;
        foreach (SampleRange silent in _silent)
        {
            foreach (ref float sample in samples[silent.Start..silent.End])
            {
                sample *= gain;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Clip.Dispose();

    // What lies between the silent stretches.
    private IEnumerable<SampleRange> Pieces(int length)
    {
        int from = 0;
        foreach (SampleRange silent in _silent)
        {
            if (silent.Start > from)
            {
                yield return new SampleRange(from, silent.Start);
            }

            from = silent.End;
        }

        if (length > from)
        {
            yield return new SampleRange(from, length);
        }
    }
}
