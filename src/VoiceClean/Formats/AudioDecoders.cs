using VoiceClean.Errors;
using VoiceClean.Formats.Wav;

namespace VoiceClean.Formats;

/// <summary>The decoders, best first: the one visible list. Extended by calling <see cref="Add"/>.</summary>
public sealed class AudioDecoders
{
    /// <summary>How many bytes of a file a decoder is shown to recognise it by.</summary>
    public const int HeaderLength = 4096;

    private readonly List<IAudioDecoder> _decoders = [];

    /// <summary>The decoders in the order in which they are asked.</summary>
    public IReadOnlyList<IAudioDecoder> All => _decoders;

    /// <summary>The decoders that come with VoiceClean.</summary>
    public static AudioDecoders CreateDefault()
    {
        var decoders = new AudioDecoders();
        decoders.Add(new WavDecoder());
        return decoders;
    }

    /// <summary>Adds a decoder behind those already there.</summary>
    public void Add(IAudioDecoder decoder)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        _decoders.Add(decoder);
    }

    /// <summary>Opens a recording by its content, not by its extension.</summary>
    /// <param name="stream">Readable and seekable, at position 0; the reader owns and disposes of it, also when opening fails.</param>
    /// <param name="limits">What may at most be decoded.</param>
    /// <exception cref="InputException">Empty, corrupt, unsupported, or the codec is not installed.</exception>
    public IAudioReader Open(Stream stream, DecodeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            byte[] header = new byte[HeaderLength];
            int length = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
            stream.Position = 0;
            if (length == 0)
            {
                throw new InputException(ReasonCodes.EmptyFile, "The file is empty (0 bytes); record or copy it again.");
            }

            foreach (IAudioDecoder decoder in _decoders)
            {
                if (decoder.Recognizes(header.AsSpan(0, length)))
                {
                    return new FiniteReader(decoder.Open(stream, limits));
                }
            }

            throw new InputException(ReasonCodes.UnsupportedFormat, "The content is not audio in any format known here; convert it to WAV or FLAC.");
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }
}
