using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using VoiceClean.Audio;
using VoiceClean.Errors;

namespace VoiceClean.Formats.Loading;

/// <summary>
/// Passes samples on as they are and looks for clipping: at least <see cref="LeastRun"/> equal samples at full scale in
/// one channel. It must be looked for here, because down-mix and resampling hide it.
/// </summary>
internal sealed class ClippingReader(IAudioReader source) : IAudioReader, IAbortable
{
    /// <summary>Fewer samples at full scale may be a peak that just fits.</summary>
    public const int LeastRun = 3;

    private const int MostTimes = 10_000;

    // The largest positive 16-bit value is 0.99997; 8-bit files are not clipped by less than 0.99.
    private const float FullScale = 0.9999f, FullScale8Bit = 0.99f;

    private readonly int _channels = source.Format.Channels;
    private readonly float _limit = source.Format.BitDepth == 8 ? FullScale8Bit : FullScale;
    private readonly float[] _last = new float[source.Format.Channels];
    private readonly int[] _run = new int[source.Format.Channels];
    private readonly float[] _peaks = new float[source.Format.Channels];
    private readonly long[] _clipped = new long[source.Format.Channels];
    private readonly List<(double At, int Channel)> _times = [];
    private readonly FlatExtremes? _extremes =
        source.Format.BitDepth == 8 ? null : new FlatExtremes(source.Format.Channels);

    private long _frames;

    public AudioFormat Format => source.Format;

    public long? SampleCount => source.SampleCount;

    public IReadOnlyList<Warning> Warnings => source.Warnings;

    /// <summary>What was found so far in the channels for which <paramref name="counts"/> is true (null = in
    /// all).</summary>
    public SourceClipping Found(Func<int, bool>? counts = null) =>
        new(
            _frames,
            _clipped.Where((_, channel) => counts?.Invoke(channel) ?? true).DefaultIfEmpty().Max(),
            [.. _times.Where(t => counts?.Invoke(t.Channel) ?? true).Select(t => t.At)])
        {
            FlatSamples = _extremes?.Count(counts) ?? 0,
            SamplePeak = Peak(counts),
        };

    public int Read(Span<float> interleaved)
    {
        int count = source.Read(interleaved);
        ReadOnlySpan<float> samples = interleaved[..count];
        _extremes?.Add(samples);
        if (IsAnyAtFullScale(samples))
        {
            Scan(samples);
        }
        else
        {
            Array.Clear(_run);
        }

        _frames += count / _channels;
        return count;
    }

    public void Abort() => (source as IAbortable)?.Abort();

    public void Dispose() => source.Dispose();

    /// <summary>Takes the largest samples of each channel; true if one is at full scale.</summary>
    private bool IsAnyAtFullScale(ReadOnlySpan<float> samples)
    {
        float most = 0;
        int i = 0;
        if (Vector256<float>.Count % _channels == 0)
        {
            ref float x = ref MemoryMarshal.GetReference(samples);
            Vector256<float> peaks = default;
            for (; i <= samples.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                peaks = Vector256.MaxNative(peaks, Vector256.Abs(Vector256.LoadUnsafe(ref x, (nuint)i)));
            }

            for (int lane = 0; lane < Vector256<float>.Count; lane++)
            {
                most = Math.Max(most, Raise(lane % _channels, peaks.GetElement(lane)));
            }
        }

        for (; i < samples.Length; i++)
        {
            most = Math.Max(most, Raise(i % _channels, Math.Abs(samples[i])));
        }

        return most >= _limit;
    }

    private float Peak(Func<int, bool>? counts)
    {
        float most = 0;
        for (int channel = 0; channel < _channels; channel++)
        {
            most = counts?.Invoke(channel) ?? true ? Math.Max(most, _peaks[channel]) : most;
        }

        return most;
    }

    private float Raise(int channel, float sample)
    {
        _peaks[channel] = Math.Max(_peaks[channel], sample);
        return sample;
    }

    private void Scan(ReadOnlySpan<float> samples)
    {
        for (int i = 0, channel = 0; i < samples.Length; i++, channel = channel + 1 == _channels ? 0 : channel + 1)
        {
            float x = samples[i];
            if (Math.Abs(x) < _limit)
            {
                _run[channel] = 0;
                continue;
            }

            _run[channel] = _run[channel] > 0 && x == _last[channel] ? _run[channel] + 1 : 1;
            _last[channel] = x;
            if (_run[channel] == LeastRun)
            {
                _clipped[channel] += LeastRun;
                double at = (double)(_frames + (i / _channels) - LeastRun + 1) / source.Format.SampleRate;
                bool isNew = _times.Count == 0 || at > _times[^1].At || channel != _times[^1].Channel;
                if (_times.Count < MostTimes && isNew)
                {
                    _times.Add((at, channel));
                }
            }
            else if (_run[channel] > LeastRun)
            {
                _clipped[channel]++;
            }
        }
    }
}
