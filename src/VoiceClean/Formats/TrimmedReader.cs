using VoiceClean.Audio;
using VoiceClean.Errors;

namespace VoiceClean.Formats;

/// <summary>
/// Ends a source after the length that its file declares: the padding of the encoder's last frame is no audio.
/// </summary>
/// <param name="source">Owned and disposed of.</param>
/// <param name="length">[sample per channel]</param>
internal sealed class TrimmedReader(IAudioReader source, long length) : IAudioReader, IGapReader, IAbortable
{
    private const int MostPadding = 8192;

    private long _left = length;
    private bool _ended;

    public AudioFormat Format => source.Format;

    public long? SampleCount { get; } = length * source.Format.Channels;

    public IReadOnlyList<Warning> Warnings => source.Warnings;

    public IReadOnlyList<Gap> Gaps => (source as IGapReader)?.Gaps ?? [];

    public int Read(Span<float> interleaved)
    {
        int count = 0;
        if (_left > 0)
        {
            count = (int)Math.Min(source.Read(interleaved), _left * source.Format.Channels);
            _left -= count / source.Format.Channels;
        }

        if (count == 0 && !_ended)
        {
            _ended = true;
            ReadPadding(interleaved);
        }

        return count;
    }

    /// <summary>
    /// Reads on for a few frames of the encoder: only at its end does a source say what went wrong on the way.
    /// </summary>
    private void ReadPadding(Span<float> scratch)
    {
        long left = MostPadding * source.Format.Channels;
        for (int count; left > 0 && (count = source.Read(scratch)) > 0;)
        {
            left -= count;
        }
    }

    public void Abort() => (source as IAbortable)?.Abort();

    public void Dispose() => source.Dispose();
}
