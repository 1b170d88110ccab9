using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Formats.Ffmpeg;
using VoiceClean.Formats.Loading;
using VoiceClean.Formats.SoundFile;
using Xunit;

namespace VoiceClean.Tests.Formats.Loading;

public class DecoderInventoryTests
{
    [Fact]
    public void Every_decoder_of_the_default_list_is_examined_in_its_order() =>
        Assert.Equal(
            AudioDecoders.CreateDefault().All.Select(d => d.Name),
            DecoderInventory.Examine().Select(d => d.Name));

    public static TheoryData<DecoderRequirement, string[]> Requirements => new()
    {
        { SoundFileLibrary.Requirement, ["apt install libsndfile1", "brew install libsndfile"] },
        { FfmpegProgram.Requirement, ["apt install ffmpeg", "brew install ffmpeg", "winget install"] },
    };

    [Theory]
    [MemberData(nameof(Requirements))]
    public void What_is_missing_is_named_with_its_packages(DecoderRequirement requirement, string[] packages) =>
        Assert.All(packages, package => Assert.Contains(package, requirement.HowToInstall, StringComparison.Ordinal));

    [Fact]
    public void What_is_present_says_its_version_and_what_is_missing_says_how_to_install_it()
        => Assert.All(DecoderInventory.Examine(), d => Assert.Equal(d.IsPresent, d.HowToInstall is null));

    [Fact]
    public void A_missing_codec_is_refused_with_its_packages()
    {
        var decoders = new AudioDecoders();
        decoders.Add(new Absent(SoundFileLibrary.Requirement));
        decoders.Add(new Absent(FfmpegProgram.Requirement));
        InputException e = Assert.Throws<InputException>(() =>
            decoders.Open(new MemoryStream([.. "fLaC"u8, .. new byte[100]]), new DecodeLimits()));
        Assert.Equal(ReasonCodes.UnsupportedFormat, e.Code);
        Assert.Contains("FLAC", e.Message, StringComparison.Ordinal);
        Assert.Contains("apt install libsndfile1", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_foreign_decoder_that_lacks_its_library_says_how_to_install_it()
    {
        var decoders = AudioDecoders.CreateDefault();
        decoders.AddBefore(
            "wav",
            new Absent(new DecoderRequirement("libspeex", "Install libspeex with 'pkg add speex'.")));
        Assert.Equal("libspeex", decoders.All[0].Name);
        Assert.Contains(
            DecoderInventory.Examine(decoders),
            d => d is { Name: "libspeex", IsPresent: false, HowToInstall: "Install libspeex with 'pkg add speex'." });
        InputException e = Assert.Throws<InputException>(() =>
            decoders.Open(new MemoryStream(new byte[200]), new DecodeLimits()));
        Assert.Contains("pkg add speex", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => decoders.AddBefore("lame", new Absent(FfmpegProgram.Requirement)));
    }

    private sealed class Absent(DecoderRequirement requirement) : IAudioDecoder
    {
        public string Name => requirement.Library;

        public IReadOnlyList<FileFormat> Formats => [];

        public DecoderRequirement? Missing => requirement;

        public bool Recognizes(ReadOnlySpan<byte> header) => true;

        public IAudioReader Open(Stream stream, DecodeLimits limits) =>
            throw new InvalidOperationException("It is missing.");
    }
}
