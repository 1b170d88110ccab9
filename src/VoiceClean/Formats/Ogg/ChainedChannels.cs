using System.Globalization;
using VoiceClean.Audio;
using VoiceClean.Errors;

namespace VoiceClean.Formats.Ogg;

/// <summary>
/// Makes the number of channels of a chained stream that of the first one, so that no stream is left out: every channel
/// of the result holds the mean of all. Says once where that begins.
/// </summary>
/// <param name="format">Of the first stream.</param>
internal sealed class ChainedChannels(AudioFormat format)
{
    private Warning? _warning;
    private float[] _decoded = [];
    private double _leftOut;
    private long? _end;

    /// <summary>What a user should know; empty as long as all streams are alike.</summary>
    public IReadOnlyList<Warning> Warnings =>
    [
        .. _warning is null ? Array.Empty<Warning>() : [_warning],
        .. _leftOut == 0 ? Array.Empty<Warning>()
            :
            [
                new Warning(
                    WarningCodes.Truncated,
                    FormattableString.Invariant(
                        $"{_leftOut:0.000} s of the file have another sampling rate; they are left out.")),
            ],
        .. _end is { } place ? [JoinedFile.NotRead(place)] : Array.Empty<Warning>(),
    ];

    /// <summary>True once a stream was met that cannot follow.</summary>
    public bool IsBroken => _end is not null;

    /// <summary>Notes a stream of another codec, or with a damaged head, behind which nothing is read.</summary>
    /// <param name="place">Where it begins [byte].</param>
    public void EndAt(long place) => _end = place;

    /// <summary>Notes a stream of another rate, which cannot follow.</summary>
    /// <param name="seconds">Its length [s].</param>
    public void LeaveOut(double seconds) => _leftOut += seconds;

    /// <summary>Room for samples before they are spread; the same memory each time.</summary>
    /// <param name="length">Of all channels.</param>
    public Span<float> Room(int length)
    {
        if (_decoded.Length < length)
        {
            _decoded = new float[length];
        }

        return _decoded.AsSpan(0, length);
    }

    /// <summary>Notes the channels of the stream that begins.</summary>
    /// <param name="channels">1 or more.</param>
    /// <param name="position">What was delivered before [sample per channel].</param>
    public void Begin(int channels, long position) =>
        _warning ??= channels == format.Channels
            ? null
            : new Warning(
                WarningCodes.DamagedData,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The file goes on at {(double)position / format.SampleRate:0.000} s with {channels} instead of "
                        + $"{format.Channels} channels; from there every channel holds the mix of all."));

    /// <summary>Mixes the channels and spreads the mix.</summary>
    /// <param name="from">Interleaved.</param>
    /// <param name="channels">Of <paramref name="from"/>.</param>
    /// <param name="to">As many frames, interleaved, with the channels of the first stream.</param>
    public void Spread(ReadOnlySpan<float> from, int channels, Span<float> to)
    {
        for (int frame = 0; frame * channels < from.Length; frame++)
        {
            float sum = 0;
            foreach (float sample in from.Slice(frame * channels, channels))
            {
                sum += sample;
            }

            to.Slice(frame * format.Channels, format.Channels).Fill(sum / channels);
        }
    }
}
