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
using VoiceClean.Testing;
using VoiceClean.Testing.Tools;
using VoiceClean.Tests.Formats.Wav;
using Xunit;

namespace VoiceClean.Tests.Formats;

/// <summary>The laws of decoders, for every decoder in the default list.</summary>
public class DecoderLawTests
{
    private static readonly DecoderLaws WavLaws = new(() => new WavDecoder(), WavFiles) { Damages = 200 };

    private static readonly DecoderLaws FlacLaws =
        new(() => new FlacDecoder(), () => Encoded("x.flac", "flac.oga")) { Damages = 200 };

    private static readonly DecoderLaws AacLaws =
        new(() => new AacDecoder(), () => Encoded("x.m4a", "x.aac")) { Cuts = 100, Damages = 200 };

    private static readonly DecoderLaws OpusLaws =
        new(() => new OpusAudioDecoder(), () => Encoded("x.opus")) { Damages = 200 };

    private static readonly DecoderLaws VorbisLaws =
        new(() => new VorbisDecoder(), () => Encoded("x.ogg")) { Damages = 200 };

    private static readonly DecoderLaws MatroskaLaws =
        new(() => new MatroskaDecoder(), () => Encoded("x.mkv", "x.webm")) { Damages = 200 };

    private static readonly DecoderLaws Mp3Laws = new(() => new Mp3Decoder(), () => Encoded("x.mp3")) { Damages = 200 };

    private static readonly DecoderLaws AiffLaws =
        new(() => new AiffDecoder(), () => Encoded("x.aiff")) { Damages = 200 };

    private static readonly DecoderLaws SoundFileLaws =
        new(() => new SoundFileDecoder(), () => Encoded("x.ogg", "x.mp3", "x.aiff")) { Damages = 100 };

    // A start of ffmpeg for every cut and damage: fewer of them.
    private static readonly DecoderLaws FfmpegLaws =
        new(() => new FfmpegDecoder(), () => Encoded("x.mkv", "x.webm")) { Cuts = 6, Damages = 4 };

    public static TheoryData<string> Laws => [.. WavLaws.Names];

    [Theory]
    [MemberData(nameof(Laws))]
    public void Our_own_WAV_reader_keeps_the_law(string law) => WavLaws.Check(law);

    [Theory]
    [MemberData(nameof(Laws))]
    public void Our_own_FLAC_reader_keeps_the_law(string law) => FlacLaws.Check(law);

    [Theory]
    [MemberData(nameof(Laws))]
    public void Our_own_AAC_reader_keeps_the_law(string law) => AacLaws.Check(law);

    [Theory]
    [MemberData(nameof(Laws))]
    public void Opus_keeps_the_law(string law) => OpusLaws.Check(law);

    [Theory]
    [MemberData(nameof(Laws))]
    public void Vorbis_keeps_the_law(string law) => VorbisLaws.Check(law);

    [Theory]
    [MemberData(nameof(Laws))]
    public void Matroska_keeps_the_law(string law) => MatroskaLaws.Check(law);

    [Theory]
    [MemberData(nameof(Laws))]
    public void Our_MP3_reader_keeps_the_law(string law) => Mp3Laws.Check(law);

    [Theory]
    [MemberData(nameof(Laws))]
    public void Our_AIFF_reader_keeps_the_law(string law) => AiffLaws.Check(law);

    [Theory]
    [MemberData(nameof(Laws))]
    public void Libsndfile_keeps_the_law(string law) => SoundFileLaws.Check(law);

    [Theory]
    [MemberData(nameof(Laws))]
    public void Ffmpeg_keeps_the_law(string law) => FfmpegLaws.Check(law);

    private static readonly string[] Plain = [];

    private static IReadOnlyList<(string, byte[])> WavFiles()
    {
        byte[] data = WavBuilder.Bytes16(WavBuilder.Tone());
        return
        [
            ("16 bits", new WavBuilder().Build(data)),
            ("24 bits, two channels", new WavBuilder { Bits = 24, Channels = 2 }.Build(data[..(data.Length / 6 * 6)])),
            ("big-endian", new WavBuilder { BigEndian = true }.Build(data)),
            ("A-law", new WavBuilder { Tag = 6, Bits = 8 }.Build(data)),
            ("extensible", new WavBuilder { FormatLength = 40, ValidBits = 16 }.Build(data)),
        ];
    }

    private static IReadOnlyList<(string, byte[])> Encoded(params string[] names)
    {
        Requires.Ffmpeg();
        using var folder = new TemporaryFolder();
        ExternalProgram.Ffmpeg([
            "-f",
            "lavfi",
            "-i",
            "aevalsrc=0.3*sin(440*2*PI*t)|0.05*random(0):s=48000:d=0.5",
            .. names.SelectMany(n => (string[])["-map", "0", .. n == "flac.oga" ? ["-c:a", "flac"] : Plain, folder[n]]),
        ]);
        return [.. names.Select(n => (n, File.ReadAllBytes(folder[n])))];
    }
}
