using System.Buffers;
using VoiceClean.Audio;
using VoiceClean.Errors;

namespace VoiceClean.Formats.Wav;

/// <summary>Streams the samples of a WAV file, which is read in blocks of 64 KiB.</summary>
internal sealed class WavReader : IAudioReader
{
    // Larger ones save nothing; also what bounds our memory, whatever the file claims.
    private const int BlockBytes = 64 * 1024;

    private readonly Stream _stream;
    private readonly WavLayout _layout;
    private readonly long _length;
    private byte[]? _block;
    private int _at, _end;                 // what is left of the block [byte]
    private int _part;
    private long _left;                    // [byte], of the current part, but for what is in the block

    public WavReader(Stream stream, WavLayout layout)
    {
        _stream = stream;
        _layout = layout;
        _length = stream.Length;
        _left = layout.Parts[0].Length;
        _block = ArrayPool<byte>.Shared.Rent((int)Math.Min(BlockBytes, layout.DataLength));
        stream.Position = layout.Parts[0].Offset;
    }

    public AudioFormat Format => _layout.Format;

    public long? SampleCount => _layout.DataLength / _layout.Coding.Bytes();

    public IReadOnlyList<Warning> Warnings => _layout.Warnings;

    public int Read(Span<float> interleaved)
    {
        ObjectDisposedException.ThrowIf(_block is null, this);
        int frameBytes = _layout.FrameBytes;
        int frames = interleaved.Length / _layout.Format.Channels;
        if (frames == 0)
        {
            throw new ArgumentException(
                $"The buffer must hold at least one frame of {_layout.Format.Channels} channels.",
                nameof(interleaved));
        }

        if (_at == _end && !Fill(_block, frameBytes))
        {
            return 0;
        }

        frames = Math.Min(frames, (_end - _at) / frameBytes);
        Span<byte> stored = _block.AsSpan(_at, frames * frameBytes);
        _at += stored.Length;
        int samples = frames * _layout.Format.Channels;
        SampleConverter.Convert(stored, _layout.Coding, _layout.BigEndian, interleaved[..samples]);
        return samples;
    }

    public void Dispose()
    {
        if (_block is { } block)
        {
            _block = null;
            ArrayPool<byte>.Shared.Return(block);
            _stream.Dispose();
        }
    }

    // Whole frames of one part; false where nothing is left.
    private bool Fill(byte[] block, int frameBytes)
    {
        if (_left == 0 && _part + 1 < _layout.Parts.Count)
        {
            DataPart next = _layout.Parts[++_part];
            _stream.Position = next.Offset;
            _left = next.Length;
        }

        (_at, _end) = (0, (int)Math.Min(block.Length, _left) / frameBytes * frameBytes);
        if (_stream.ReadAtLeast(block.AsSpan(0, _end), _end, throwOnEndOfStream: false) != _end
            || _stream.Length != _length)
        {
            // Everything was inside the file when it was opened.
            throw new InputException(
                ReasonCodes.Truncated,
                "The file changed its length while it was being read; try again when nothing writes to it.");
        }

        _left -= _end;
        return _end > 0;
    }
}
