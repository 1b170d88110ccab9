namespace VoiceClean.Formats.Loading;

/// <summary>One decoder and whether this machine has what it needs.</summary>
/// <param name="Name">As in reports: "wav", "sndfile", "ffmpeg".</param>
/// <param name="IsPresent">True if it can be used now.</param>
/// <param name="Version">What the library or program says of itself; null if it is missing or built in.</param>
/// <param name="Formats">The containers it reads here, lower case.</param>
/// <param name="HowToInstall">One sentence with the packages for Debian, Homebrew and winget; null if nothing is
/// missing.</param>
internal sealed record DecoderStatus(
    string Name, bool IsPresent, string? Version, IReadOnlyList<string> Formats, string? HowToInstall)
{
    /// <summary>What it is good for beside the built-in ones; null if it is built in itself.</summary>
    public string? Purpose { get; init; }
}

/// <summary>Which decoders are there: what <c>voiceclean doctor</c> prints.</summary>
internal static class DecoderInventory
{
    /// <summary>Looks at every decoder, best first. Starts ffmpeg once, to ask for its version.</summary>
    /// <param name="decoders">Whose decoders; null = those that come with VoiceClean.</param>
    public static IReadOnlyList<DecoderStatus> Examine(AudioDecoders? decoders = null)
        => [.. (decoders ?? AudioDecoders.CreateDefault()).All.Select(Examine)];

    private static DecoderStatus Examine(IAudioDecoder decoder) =>
        new(
            decoder.Name,
            decoder.Missing is null,
            decoder.Version,
            [.. decoder.Formats.Select(f => f.Container)],
            decoder.Missing?.HowToInstall)
        {
            Purpose = (decoder as IInstalledDecoder)?.Purpose,
        };
}
