using System.Buffers;
using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Formats.Downmix;

namespace VoiceClean.Formats.Loading;

/// <summary>
/// Makes one channel of several, in one pass: it reads ahead up to <see cref="LookAhead"/> (or 4 million samples of all
/// channels together, 16 MiB), decides from that how the channels go together, and keeps to it. Mono passes through bit
/// for bit.
/// </summary>
/// <remarks>
/// Two channels: their mean; the louder alone if the other is at least 40 dB below; one of them turned round if they
/// are inverted (warning <c>polarity_inverted</c>); the clearer alone if they are hardly correlated or a delay apart
/// (warning <c>low_correlation</c>). More: the centre alone if it carries half of the energy, otherwise the weighted
/// mean of ITU-R BS.775 without the LFE; without a loudspeaker mask the mean of those that are not silent (warning
/// <c>unknown_layout</c>).
/// </remarks>
internal sealed class MonoReader : IAudioReader
{
    /// <summary>How much of the beginning decides at most.</summary>
    public static readonly TimeSpan LookAhead = TimeSpan.FromSeconds(60);

    private const int MostSamples = 4 * 1024 * 1024, BlockFrames = 8192, MostKept = 1024 * 1024;

    private readonly IAudioReader _source;
    private readonly ChannelChoice _choice;
    private ChannelWeights? _weights;
    private float[] _ahead = [];           // interleaved, read before the decision and not delivered yet
    private int _aheadStart, _aheadEnd;

    /// <summary>Wraps <paramref name="source"/>, which the reader then owns.</summary>
    /// <param name="source">Any number of channels.</param>
    /// <param name="choice">Which channels count.</param>
    public MonoReader(IAudioReader source, ChannelChoice choice)
    {
        ArgumentNullException.ThrowIfNull(source);
        _source = source;
        _choice = choice;
        Format = source.Format with { Channels = 1, SpeakerMask = 0 };
    }

    /// <inheritdoc/>
    public AudioFormat Format { get; }

    /// <inheritdoc/>
    public long? SampleCount => _source.SampleCount / _source.Format.Channels;

    /// <inheritdoc/>
    public IReadOnlyList<Warning> Warnings =>
        (_weights?.Warning ?? Missing) is { } warning ? [.. _source.Warnings, warning] : _source.Warnings;

    /// <summary>
    /// How the channels became one: "mono", "mean", "left", "centre" …; null before the first samples were read.
    /// </summary>
    public string? Decision => _source.Format.Channels == 1 ? "mono" : _weights?.Name;

    /// <summary>True if a channel of the source is in what is delivered.</summary>
    public bool IsUsed(int channel) => _weights is null || _weights.Weights[channel] != 0;

    /// <summary>How long the source was as far as it has been read [sample per channel].</summary>
    public long Delivered { get; private set; }

    /// <inheritdoc/>
    public int Read(Span<float> interleaved)
    {
        int count = _source.Format.Channels == 1 ? _source.Read(interleaved) : ReadMixed(interleaved);
        Delivered += count;
        return count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _source.Dispose();
        Resize(0);
    }

    // A single channel is the left one, if it is any.
    private Warning? Missing =>
        _source.Format.Channels == 1 && _choice == ChannelChoice.Right
            ? new Warning(
                WarningCodes.NoRightChannel,
                "The recording has one channel and no right one, so that one was taken.")
            : null;

    private int ReadMixed(Span<float> mono)
    {
        int channels = _source.Format.Channels;
        if (_weights is null)
        {
            ReadAhead();
            if (_aheadEnd == 0)
            {
                return 0;
            }

            _weights = DownmixRules.Decide(_ahead.AsSpan(0, _aheadEnd), _source.Format, _choice);
        }

        if (_aheadStart == _aheadEnd)
        {
            if (_ahead.Length > MostKept)
            {
                Resize(BlockFrames * channels);
            }

            int block = Math.Min(BlockFrames, _ahead.Length / channels) * channels;
            (_aheadStart, _aheadEnd) = (0, _source.Read(_ahead.AsSpan(0, block)));
        }

        int frames = Math.Min(mono.Length, (_aheadEnd - _aheadStart) / channels);
        _weights.Apply(_ahead.AsSpan(_aheadStart, frames * channels), mono[..frames]);
        _aheadStart += frames * channels;
        return frames;
    }

    private void ReadAhead()
    {
        int channels = _source.Format.Channels;
        int most =
            (int)Math.Min(MostSamples, (long)(LookAhead.TotalSeconds * _source.Format.SampleRate) * channels)
            / channels
            * channels;
        bool decidedAnyway = _choice is ChannelChoice.Left or ChannelChoice.Right;
        while (_aheadEnd < most)
        {
            // Grows with what has really come; what the file claims is believed as far as it costs nothing.
            if (Math.Min(most, _ahead.Length / channels * channels) is var room && room - _aheadEnd < channels)
            {
                long wanted = Math.Max(2L * room, Math.Min(MostKept, (_source.SampleCount ?? 0) + channels));
                Resize((int)Math.Min(most, Math.Max(wanted, BlockFrames * channels)));
                room = Math.Min(most, _ahead.Length / channels * channels);
            }

            int count = _source.Read(_ahead.AsSpan(_aheadEnd, room - _aheadEnd));
            _aheadEnd += count;
            if (count == 0 || decidedAnyway)
            {
                return;
            }
        }
    }

    // Keeps what was read ahead; 0 gives all back.
    private void Resize(int length)
    {
        float[] larger = length > MostKept ? new float[length] : ArrayPool<float>.Shared.Rent(length);
        _ahead.AsSpan(_aheadStart, Math.Min(_aheadEnd - _aheadStart, larger.Length)).CopyTo(larger);
        if (_ahead.Length <= MostKept)
        {
            ArrayPool<float>.Shared.Return(_ahead);
        }

        (_ahead, _aheadEnd, _aheadStart) = (larger, _aheadEnd - _aheadStart, 0);
    }
}
