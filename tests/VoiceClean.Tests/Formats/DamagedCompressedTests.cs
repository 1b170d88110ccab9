using System.Buffers.Binary;
using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Formats;

/// <summary>
/// Compressed files that are cut, damaged, joined or hidden, through the decoders as they stand in the default list.
/// </summary>
public class DamagedCompressedTests
{
    /// <summary>Names of the files, and how ffmpeg is told to write them where the extension does not say it.</summary>
    private static readonly Dictionary<string, string> Recipes = new(StringComparer.Ordinal)
    {
        ["x.flac"] = "",
        ["x.mp3"] = "",
        ["x.ogg"] = "-c:a libvorbis",
        ["x.opus"] = "",
        ["x.aiff"] = "",
        ["flac.oga"] = "-c:a flac",
        ["mp3.wav"] = "-c:a libmp3lame",
        ["x.m4a"] = "",
        ["front.m4a"] = "-movflags +faststart",
        ["x.webm"] = "",
        ["x.mkv"] = "",
        ["x.aac"] = "",
        ["x.wma"] = "",
        ["x.mov"] = "",
        ["x.caf"] = "",
        ["x.w64"] = "",
        ["x.au"] = "",
        ["x.ts"] = "",
        ["x.wv"] = "",
        ["x.ac3"] = "",
    };

    // One call of ffmpeg makes all files: starting it costs far more than what it does here.
    private static readonly Lazy<Dictionary<string, byte[]>> Files = new(MakeFiles);

    private static Dictionary<string, byte[]> MakeFiles()
    {
        string folder = Directory.CreateTempSubdirectory("voiceclean-").FullName;
        try
        {
            string[] outputs =
            [
                .. Recipes.SelectMany(r =>
                    (string[])
                        [
                            "-map",
                            "0",
                            .. r.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                            Path.Combine(folder, r.Key),
                        ]),
            ];
            ExternalProgram.Ffmpeg([
                "-f",
                "lavfi",
                "-i",
                "aevalsrc=0.3*sin(440*2*PI*t)+0.05*random(0):s=48000:d=3",
                .. outputs,
            ]);
            return Recipes.Keys.ToDictionary(name => name, name => File.ReadAllBytes(Path.Combine(folder, name)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static byte[] Encoded(string name)
    {
        Requires.Ffmpeg();
        Requires.SoundFile();
        return [.. Files.Value[name]];
    }

    [Fact]
    public void A_damaged_FLAC_frame_costs_that_frame_not_the_rest()
    {
        byte[] file = Encoded("x.flac");
        for (int i = 0; i < 300; i++)
        {
            file[file.Length / 2 + i] ^= 0x5A;
        }

        Decoded decoded = Decoded.From(file);
        Assert.InRange(decoded.Length, 3 * 48_000 - 3 * 4608, 3 * 48_000);
        Assert.Contains(WarningCodes.DamagedData, decoded.Codes);
    }

    [Theory]
    [InlineData("flac")]
    [InlineData("mp3")]
    [InlineData("ogg")]
    [InlineData("opus")]
    [InlineData("aiff")]
    public void A_truncated_file_gives_what_there_is(string extension)
    {
        byte[] file = Encoded("x." + extension);
        Decoded decoded = Decoded.From(file[..(file.Length * 2 / 3)]);
        Assert.InRange(decoded.Length, 40_000, 3 * 48_000 - 1);      // Opus pages hold a second each
        if (extension is "flac")
        {
            Assert.Contains(WarningCodes.Truncated, decoded.Codes);
        }
    }

    [Theory]
    [InlineData("ogg", "vorbis")]
    [InlineData("opus", "opus")]
    public void All_links_of_a_chained_Ogg_file_are_decoded(string extension, string decoder)
    {
        byte[] link = Encoded("x." + extension);
        Decoded decoded = Decoded.From([.. link, .. link]);
        Assert.InRange(decoded.Length, 6 * 48_000 - 2000, 6 * 48_000 + 2000);
        Assert.Equal(decoder, decoded.Format.Decoder);
    }

    [Fact]
    public void FLAC_inside_Ogg_is_decoded() =>
        Assert.Equal(
            (3 * 48_000, "ogg"),
            (Decoded.From(Encoded("flac.oga")) is { } d ? (d.Length, d.Format.Container) : default));

    [Fact]
    public void MP3_inside_WAV_is_decoded()
    {
        Decoded decoded = Decoded.From(Encoded("mp3.wav"));
        Assert.InRange(decoded.Length, 3 * 48_000, 3 * 48_000 + 3 * 1152);
    }

    [Theory]
    [InlineData(0)]                      // a cut in mid-stream
    [InlineData(700)]                    // other bytes first
    public void An_MP3_that_does_not_begin_with_a_frame_is_decoded(int junk)
    {
        byte[] file = Encoded("x.mp3");
        byte[] cut = [.. new byte[junk], .. file[(file.Length / 3)..]];
        Assert.InRange(Decoded.From(cut).Length, 48_000, 2 * 48_000 + 5000);
    }

    [Fact]
    public void Encoder_delay_and_padding_of_MP3_and_AAC_are_removed()
    {
        foreach (string extension in new[] { "mp3", "m4a" })
        {
            Assert.Equal(3 * 48_000, Decoded.From(Encoded("x." + extension)).Length);
        }
    }

    [Theory]
    [InlineData("m4a", "m4a")]
    [InlineData("webm", "webm")]
    [InlineData("mkv", "mkv")]
    [InlineData("aac", "aac")]
    [InlineData("wma", "wma")]
    [InlineData("mov", "mov")]
    [InlineData("caf", "caf")]
    [InlineData("w64", "w64")]
    [InlineData("au", "au")]
    [InlineData("ts", "ts")]
    [InlineData("wv", "wavpack")]
    [InlineData("ac3", "ac3")]
    public void Containers_are_recognised_by_their_content(string extension, string container)
    {
        Decoded decoded = Decoded.From(Encoded("x." + extension));      // from memory: no name, no extension
        Assert.Equal(container, decoded.Format.Container);
        // WMA's encoder drops the last part of a frame
        Assert.InRange(decoded.Length, 3 * 48_000 - 1024, 3 * 48_000 + 4096);
    }

    [Theory]
    [InlineData("x.m4a")]
    [InlineData("x.flac")]
    [InlineData("x.mp3")]
    public void The_whole_way_to_a_clip_works_and_everything_may_be_closed_twice(string name)
    {
        using AudioClip clip = ClipLoader.Load(
            new MemoryStream(Encoded(name)),
            name,
            new LoadOptions(),
            AudioDecoders.CreateDefault(),
            TestContext.Current.CancellationToken);
        Assert.Equal(3 * 32_000, clip.Samples.Length);
        IAudioReader reader = AudioDecoders.CreateDefault().Open(new MemoryStream(Encoded(name)), new DecodeLimits());
        reader.Dispose();
        reader.Dispose();
    }

    [Fact]
    public void Every_truncation_of_an_MP4_header_is_refused_or_shorter()
    {
        byte[] file = Encoded("front.m4a");
        foreach (int length in new[] { 1, 7, 8, 11, 12, 40, 300, 900, 4000 })
        {
            try
            {
                Assert.InRange(Decoded.From(file[..length]).Length, 0, 3 * 48_000);
            }
            catch (InputException e)
            {
                Assert.True(
                    e.Code is ReasonCodes.Truncated or ReasonCodes.DecodeFailed or ReasonCodes.UnsupportedFormat,
                    e.Code);
            }
        }
    }

    [Fact]
    public void A_FLAC_that_claims_to_be_endless_is_read_to_its_end()
    {
        byte[] file = Encoded("x.flac");
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(22), 0xFFFFFFFF);     // the low 32 bits of 36: total samples
        Decoded decoded = Decoded.From(file);
        Assert.Equal(3 * 48_000, decoded.Length);
        Assert.Contains(WarningCodes.Truncated, decoded.Codes);
    }

    [Theory]
    [InlineData("#EXTM3U\n#EXTINF:1\nfile:///etc/passwd\n", "playlist")]
    [InlineData("ffconcat version 1.0\nfile '/etc/passwd'\n", "playlist")]
    [InlineData("[playlist]\nFile1=/etc/passwd\n", "playlist")]
    [InlineData("<!DOCTYPE html><html>Not found</html>", "web page")]
    [InlineData("<?xml version=\"1.0\"?><MPD></MPD>", "text file")]
    [InlineData("this is not audio at all, it is a letter", "not audio")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n", "git lfs pull")]
    [InlineData("#!SILK_V3aaaaaaaaaaaaaaaaaaaa", "SILK decoder")]
    [InlineData("\u0002#!SILK_V3aaaaaaaaaaaaaaaaaaaa", "WeChat")]
    [InlineData("PK\u0003\u0004aaaaaaaaaaaaaaaaaaaa", "ZIP archive")]
    [InlineData("Rar!\u001A\u0007aaaaaaaaaaaaaaaaaaaa", "RAR archive")]
    [InlineData("GIF89aaaaaaaaaaaaaaaaaaa", "picture")]
    public void Playlists_pages_and_texts_are_refused_by_name(string content, string word)
    {
        InputException e = Assert.Throws<InputException>(() =>
            Decoded.From(System.Text.Encoding.UTF8.GetBytes(content)));
        Assert.Equal(ReasonCodes.UnsupportedFormat, e.Code);
        Assert.Contains(word, e.Message, StringComparison.Ordinal);
    }
}
