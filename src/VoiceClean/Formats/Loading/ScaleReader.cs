using System.Globalization;
using VoiceClean.Audio;
using VoiceClean.Errors;

namespace VoiceClean.Formats.Loading;

/// <summary>
/// Two slips of float files: samples scaled like integers (±32768 instead of ±1, as programs write that forget to
/// divide), which are brought to full scale, and single wild samples far beyond it, which get the value of their
/// neighbour, so that neither makes a recording hopeless. Both are said.
/// </summary>
internal sealed class ScaleReader(IAudioReader source) : IAudioReader, IAbortable
{
    // Nobody records 30 dB above full scale.
    private const float Wild = 32;

    // Of samples that are scaled like integers, most are beyond this; of others, hardly any.
    private const float Beyond = 4;
    private const double LeastShareBeyond = 0.02;

    private const int MostSeconds = 10, MostSamples = 4 * 1024 * 1024;

    private static readonly float[] Scales = [128, 32_768, 8_388_608, 2_147_483_648];

    private readonly float[] _last = new float[source.Format.Channels];
    private float[]? _ahead;
    private int _at, _end;
    private float _scale = 1;
    private long _wild;

    public AudioFormat Format => source.Format;

    public long? SampleCount => source.SampleCount;

    /// <summary>True if a source may hold such samples: only floats can.</summary>
    public static bool IsOfUse(AudioFormat format) => format.BitDepth is 32 or 64;

    public IReadOnlyList<Warning> Warnings
    {
        get
        {
            List<Warning> warnings = [.. source.Warnings];
            if (_scale != 1)
            {
                warnings.Add(
                    new Warning(
                        WarningCodes.ScaledAsIntegers,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"The samples are floats scaled like integers; they were divided by {(double)_scale:0}.")));
            }

            if (_wild > 0)
            {
                warnings.Add(
                    new Warning(
                        WarningCodes.WildSamples,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"Samples more than {20 * Math.Log10(Wild):0} dB above full scale were replaced by their "
                                + $"neighbours: {_wild}.")));
            }

            return warnings;
        }
    }

    public int Read(Span<float> interleaved)
    {
        if (_ahead is null)
        {
            LookAhead();
        }

        int count = Math.Min(interleaved.Length / Format.Channels * Format.Channels, _end - _at);
        if (count > 0)
        {
            _ahead.AsSpan(_at, count).CopyTo(interleaved);
            _at += count;
        }
        else
        {
            count = source.Read(interleaved);
        }

        Mend(interleaved[..count]);
        return count;
    }

    public void Abort() => (source as IAbortable)?.Abort();

    public void Dispose() => source.Dispose();

    private void LookAhead()
    {
        int most = (int)Math.Min(MostSamples, (long)MostSeconds * Format.SampleRate * Format.Channels);
        most = most / Format.Channels * Format.Channels;
        _ahead = new float[Math.Min(most, 64 * 1024 * Format.Channels)];
        for (int count = 1, silent = 0; count > 0 && _end - silent < most && _end < MostSamples; _end += count)
        {
            if (_end == _ahead.Length)
            {
                Array.Resize(ref _ahead, Math.Min(MostSamples / Format.Channels * Format.Channels, 2 * _ahead.Length));
            }

            count = source.Read(_ahead.AsSpan(_end));
            // Digital silence at the start tells nothing.
            silent += silent == _end && !_ahead.AsSpan(_end, count).ContainsAnyExcept(0f) ? count : 0;
        }

        float peak = 0;
        int beyond = 0, sounding = 0;
        foreach (float sample in _ahead.AsSpan(0, _end))
        {
            float size = Math.Abs(sample);
            peak = Math.Max(peak, size);
            beyond += size > Beyond ? 1 : 0;
            sounding += size > 0 ? 1 : 0;
        }

        if (beyond > LeastShareBeyond * sounding)
        {
            _scale = Array.Find(Scales, s => s * 1.01f >= peak);
            _scale = _scale == 0 ? Scales[^1] : _scale;
        }
    }

    private void Mend(Span<float> samples)
    {
        if (_scale != 1)
        {
            foreach (ref float sample in samples)
            {
                sample /= _scale;
            }

            return;
        }

        for (int i = 0, channel = 0; i < samples.Length; i++, channel = channel + 1 == _last.Length ? 0 : channel + 1)
        {
            if (Math.Abs(samples[i]) > Wild)
            {
                samples[i] = _last[channel];
                _wild++;
            }

            _last[channel] = samples[i];
        }
    }
}
