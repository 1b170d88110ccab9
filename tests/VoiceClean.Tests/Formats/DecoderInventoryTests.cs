using VoiceClean.Errors;
using VoiceClean.Formats;
using Xunit;

namespace VoiceClean.Tests.Formats;

public class DecoderInventoryTests
{
    [Fact]
    public void Every_decoder_of_the_default_list_is_examined_in_its_order()
        => Assert.Equal(AudioDecoders.CreateDefault().All.Select(d => d.Name), DecoderInventory.Examine().Select(d => d.Name));

    [Theory]
    [InlineData("libsndfile", "apt install libsndfile1", "brew install libsndfile")]
    [InlineData("ffmpeg", "apt install ffmpeg", "brew install ffmpeg", "winget install")]
    public void What_is_missing_is_named_with_its_packages(string library, params string[] packages)
        => Assert.All(packages, package => Assert.Contains(package, DecoderInventory.HowToInstall(library), StringComparison.Ordinal));

    [Fact]
    public void What_is_present_says_its_version_and_what_is_missing_says_how_to_install_it()
        => Assert.All(DecoderInventory.Examine(), d => Assert.Equal(d.IsPresent, d.HowToInstall is null));

    [Fact]
    public void A_missing_codec_is_refused_with_its_packages()
    {
        var decoders = new AudioDecoders();
        decoders.Add(new Missing("libsndfile"));
        decoders.Add(new Missing("ffmpeg"));
        InputException e = Assert.Throws<InputException>(() => decoders.Open(new MemoryStream([.. "fLaC"u8, .. new byte[100]]), new DecodeLimits()));
        Assert.Equal(ReasonCodes.UnsupportedFormat, e.Code);
        Assert.Contains("FLAC", e.Message, StringComparison.Ordinal);
        Assert.Contains("apt install libsndfile1", e.Message, StringComparison.Ordinal);
    }

    private sealed class Missing(string library) : IAudioDecoder
    {
        public string Name => library;

        public string? MissingLibrary => library;

        public bool Recognizes(ReadOnlySpan<byte> header) => true;

        public IAudioReader Open(Stream stream, DecodeLimits limits) => throw new InvalidOperationException("It is missing.");
    }
}
