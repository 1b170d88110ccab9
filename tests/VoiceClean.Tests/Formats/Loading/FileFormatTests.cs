using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;
using VoiceClean.Runs.Selection;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Formats.Loading;

/// <summary>The list of decoders is the one place that knows extensions.</summary>
public class FileFormatTests
{
    [Theory]
    [InlineData("a.wav", true)]
    [InlineData("folder.txt/A.FLAC", true)]
    [InlineData("a.eac3", true)]
    [InlineData("a.mp4", false)]
    [InlineData("a.txt", false)]
    [InlineData("wav", false)]
    [InlineData("a.", false)]
    public void An_extension_that_promises_sound_alone_says_recording(string name, bool isAudio)
        => Assert.Equal(isAudio, AudioDecoders.CreateDefault().IsAudioName(name));

    [Theory]
    [InlineData("a.mp3", "wav", true)]
    [InlineData("a.WAV", "flac", true)]
    [InlineData("a.mov", "wav", true)]
    [InlineData("a.m4a", "mp4", false)]
    [InlineData("a.ogg", "opus", false)]
    [InlineData("a.rf64", "wav", false)]
    [InlineData("a.txt", "wav", false)]
    [InlineData("a", "wav", false)]
    [InlineData("a.wav", "cassette", false)]
    public void A_name_belies_its_content_if_its_extension_stands_for_something_else(
        string name,
        string container,
        bool isBelied)
        => Assert.Equal(isBelied, AudioDecoders.CreateDefault().IsBelied(name, container));

    [Fact]
    public void A_foreign_decoder_is_asked_by_its_own_extension_everywhere()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["right.cst"], [.. "CASSETTE"u8, .. new byte[100]]);
        File.WriteAllBytes(folder["broken.cst"], new byte[100]);
        File.WriteAllBytes(folder["wrong.wav"], [.. "CASSETTE"u8, .. new byte[100]]);
        File.WriteAllBytes(folder["nothing.xyz"], new byte[100]);
        AudioDecoders decoders = AudioDecoders.CreateDefault();
        decoders.Add(new CassetteDecoder());
        var selection = FileSelection.Select([folder.Path], [], new SelectionOptions(), decoders);
        Assert.Equal(["broken.cst", "right.cst", "wrong.wav"], selection.Files.Select(f => f.Id));
        Assert.Empty(Warnings("right.cst"));
        Assert.Equal([WarningCodes.WrongExtension], Warnings("wrong.wav"));

        IEnumerable<string> Warnings(string name)
        {
            using AudioClip clip = ClipLoader.Load(
                File.OpenRead(folder[name]),
                name,
                new LoadOptions(),
                decoders,
                TestContext.Current.CancellationToken);
            return clip.Warnings.Select(w => w.Code);
        }
    }

    /// <summary>A format from another project: silence behind its name.</summary>
    private sealed class CassetteDecoder : IAudioDecoder
    {
        public string Name => "cassette";

        public IReadOnlyList<FileFormat> Formats { get; } = [new("cassette", "cst")];

        public bool Recognizes(ReadOnlySpan<byte> header) => header.StartsWith("CASSETTE"u8);

        public IAudioReader Open(Stream stream, DecodeLimits limits)
        {
            stream.Dispose();
            return new ArrayReader(new float[32_000], new AudioFormat(32_000, 1) { Container = "cassette" });
        }
    }
}
