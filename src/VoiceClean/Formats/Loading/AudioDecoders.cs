using VoiceClean.Files;
using VoiceClean.Errors;
using VoiceClean.Formats.Aac;
using VoiceClean.Formats.Aiff;
using VoiceClean.Formats.Ffmpeg;
using VoiceClean.Formats.Flac;
using VoiceClean.Formats.Matroska;
using VoiceClean.Formats.Mp3;
using VoiceClean.Formats.Opus;
using VoiceClean.Formats.SoundFile;
using VoiceClean.Formats.Vorbis;
using VoiceClean.Formats.Wav;

namespace VoiceClean.Formats.Loading;

/// <summary>
/// The decoders, best first: the one visible list. Extended by calling <see cref="Add"/> and <see cref="AddBefore"/>.
/// </summary>
public sealed class AudioDecoders
{
    private readonly List<IAudioDecoder> _decoders = [];

    /// <summary>The decoders in the order in which they are asked.</summary>
    public IReadOnlyList<IAudioDecoder> All => _decoders;

    /// <summary>The decoders that come with VoiceClean.</summary>
    public static AudioDecoders CreateDefault()
    {
        var decoders = new AudioDecoders();
        decoders.Add(new WavDecoder());
        decoders.Add(new FlacDecoder());
        decoders.Add(new AacDecoder());
        decoders.Add(new OpusAudioDecoder());
        decoders.Add(new MatroskaDecoder());
        decoders.Add(new SoundFileDecoder());
        decoders.Add(new VorbisDecoder());
        decoders.Add(new Mp3Decoder());
        decoders.Add(new AiffDecoder());
        decoders.Add(new FfmpegDecoder());
        return decoders;
    }

    /// <summary>Adds a decoder behind those already there.</summary>
    public void Add(IAudioDecoder decoder)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        _decoders.Add(decoder);
    }

    /// <summary>Adds a decoder that is asked before the one called <paramref name="name"/>.</summary>
    /// <param name="name">The <see cref="IAudioDecoder.Name"/> of a decoder in the list.</param>
    /// <param name="decoder">The new one.</param>
    /// <exception cref="ArgumentException">No decoder has that name; the message lists those that exist.</exception>
    public void AddBefore(string name, IAudioDecoder decoder)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        int place = _decoders.FindIndex(d => d.Name == name);
        if (place < 0)
        {
            throw new ArgumentException(
                $"No decoder is called '{name}'; there are {string.Join(", ", _decoders.Select(d => d.Name))}.",
                nameof(name));
        }

        _decoders.Insert(place, decoder);
    }

    /// <summary>Opens a recording by its content, not by its extension.</summary>
    /// <param name="stream">Readable and seekable; the reader owns and disposes of it, also when opening fails.</param>
    /// <param name="limits">What may at most be decoded.</param>
    /// <returns>A reader whose samples are all finite.</returns>
    /// <exception cref="InputException">Empty, corrupt, unsupported, or the codec is not installed.</exception>
    public IAudioReader Open(Stream stream, DecodeLimits limits) => Open(stream, limits, null);

    /// <summary>The same for one of several audio tracks, of which <see cref="TracksOf"/> tells.</summary>
    /// <param name="stream">As for the other.</param>
    /// <param name="limits">What may at most be decoded.</param>
    /// <param name="track">The <see cref="AudioTrack.Number"/>; null = nobody has chosen.</param>
    internal IAudioReader Open(Stream stream, DecodeLimits limits, int? track)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(limits);
        try
        {
            if (stream.Length == 0)
            {
                throw new InputException(
                    ReasonCodes.EmptyFile,
                    "The file is empty (0 bytes); record or copy it again.");
            }

            byte[] header = Header.Read(stream, Id3Tag.Skip(stream));
            var missing = new List<DecoderRequirement>();
            InputException? failure = null;
            foreach (IAudioDecoder decoder in Candidates(header, track))
            {
                if (decoder.Missing is { } requirement)
                {
                    missing.Add(requirement);
                    continue;
                }

                try
                {
                    stream.Position = 0;
                    return new FiniteReader(
                        track is { } number
                            ? ((ITrackDecoder)decoder).Open(stream, limits, number)
                            : decoder.Open(stream, limits),
                        stream);
                }
                catch (InputException e) when (e.Code == ReasonCodes.UnsupportedFormat)
                {
                    failure ??= e;       // the best decoder's reason is the most telling
                }
            }

            if (missing.Count == 0 && failure is null && Guess(header, stream, limits, track ?? 1) is { } guessed)
            {
                return new FiniteReader(guessed, stream);
            }

            throw missing.Count > 0
                ? UnknownContent.CodecMissing(header, missing, failure)
                : failure ?? UnknownContent.Refusal(header);
        }
        catch (IOException e)
        {
            stream.Dispose();
            throw new InputException(ReasonCodes.IoError, $"The file cannot be read: {SystemErrors.Say(e)}.", e);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The decoder that will be the first to open a recording; null if none that is there knows it.</summary>
    /// <param name="stream">Readable and seekable; its position is left undefined.</param>
    internal IAudioDecoder? FirstFor(Stream stream)
    {
        byte[] header = Header.Read(stream, Id3Tag.Skip(stream));
        return _decoders.Find(d =>
            d.Recognizes(header)
            && d.Missing is null
            && (d is not ISelectiveDecoder selective || selective.Takes(stream)));
    }

    /// <summary>
    /// The audio tracks of a recording; empty where there are none to choose from, and never thrown for what it holds.
    /// </summary>
    /// <param name="stream">Readable and seekable; its position is left at the start.</param>
    internal IReadOnlyList<AudioTrack> TracksOf(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            byte[] header = Header.Read(stream, Id3Tag.Skip(stream));
            IAudioDecoder? first = _decoders.Find(d => d.Recognizes(header) && d.Missing is null);
            if (first is null && UnknownContent.MayBeAudio(header))
            {
                first = _decoders.Find(d => d is IGuessingDecoder && d.Missing is null);
            }

            return first is ITrackDecoder decoder ? decoder.TracksOf(stream) : [];
        }
        catch (IOException)
        {
            return [];           // opening it will say so
        }
        finally
        {
            stream.Position = 0;
        }
    }

    private IEnumerable<IAudioDecoder> Candidates(byte[] header, int? track) =>
        _decoders.Where(d => d.Recognizes(header) && (track is null || d is ITrackDecoder));

    /// <summary>
    /// Offers what no decoder recognises to those that may guess, unless it is known what it is instead, or is text.
    /// </summary>
    private IAudioReader? Guess(byte[] header, Stream stream, DecodeLimits limits, int track)
    {
        if (!UnknownContent.MayBeAudio(header))
        {
            return null;
        }

        foreach (IGuessingDecoder decoder in _decoders.OfType<IGuessingDecoder>().Where(d => d.Missing is null))
        {
            stream.Position = 0;
            if (decoder.OpenUnknown(stream, limits, track) is { } reader)
            {
                return reader;
            }
        }

        return null;
    }

    /// <summary>True if the extension alone says that a file is a recording.</summary>
    /// <param name="fileName">With or without a folder.</param>
    internal bool IsAudioName(string fileName) => Formats.Any(f => Has(f.Extensions, fileName));

    /// <summary>True if the extension is that of a file which may hold sound, films included.</summary>
    /// <param name="fileName">With or without a folder.</param>
    internal bool IsKnownName(string fileName) => Formats.Any(f => MayBeCalled(f, fileName));

    /// <summary>
    /// True if the extension is a known one, but of other containers. Unknown and missing ones claim nothing.
    /// </summary>
    /// <param name="fileName">With or without a folder.</param>
    /// <param name="container">As readers report it.</param>
    internal bool IsBelied(string fileName, string container)
        => IsKnownName(fileName)
            && Formats.Any(f => f.Container == container)
            && !Formats.Any(f => f.Container == container && MayBeCalled(f, fileName));

    private IEnumerable<FileFormat> Formats => _decoders.SelectMany(d => d.Formats);

    private static bool MayBeCalled(FileFormat format, string fileName) =>
        Has(format.Extensions, fileName) || Has(format.OtherExtensions, fileName);

    private static bool Has(IReadOnlyList<string> extensions, string fileName)
    {
        ReadOnlySpan<char> extension = Path.GetExtension(fileName.AsSpan());
        foreach (string known in extensions)
        {
            if (extension.Length > 1 && extension[1..].Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
