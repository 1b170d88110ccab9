using VoiceClean.Formats.Ffmpeg;
using VoiceClean.Formats.SoundFile;

namespace VoiceClean.Formats;

/// <summary>One decoder and whether this machine has what it needs.</summary>
/// <param name="Name">As in reports: "wav", "sndfile", "ffmpeg".</param>
/// <param name="IsPresent">True if it can be used now.</param>
/// <param name="Version">What the library or program says of itself; null if it is missing or built in.</param>
/// <param name="Formats">The containers it reads here, lower case.</param>
/// <param name="HowToInstall">One sentence with the packages for Debian, Homebrew and winget; null if nothing is missing.</param>
public sealed record DecoderStatus(string Name, bool IsPresent, string? Version, IReadOnlyList<string> Formats, string? HowToInstall);

/// <summary>Which decoders are there: what <c>voiceclean doctor</c> prints, and the sentences for those that are missing.</summary>
public static class DecoderInventory
{
    /// <summary>Looks at every decoder that comes with VoiceClean, best first. Starts ffmpeg once, to ask for its version.</summary>
    public static IReadOnlyList<DecoderStatus> Examine()
    {
        bool soundFile = SoundFileLibrary.IsPresent, ffmpeg = FfmpegProgram.Path is not null;
        return
        [
            new DecoderStatus("wav", true, null, ["wav", "rf64", "rifx", "w64"], null),
            new DecoderStatus("sndfile", soundFile, SoundFileLibrary.Version, ["flac", "ogg", "opus", "mp3", "aiff", "au", "caf"], soundFile ? null : HowToInstall("libsndfile")),
            new DecoderStatus("ffmpeg", ffmpeg, FfmpegProgram.Version(), ["m4a", "mp4", "aac", "mov", "webm", "mkv", "wma", "amr", "3gp", "avi", "ac3", "wavpack", "ape", "ts"], ffmpeg ? null : HowToInstall("ffmpeg")),
        ];
    }

    /// <summary>One sentence that names the packages.</summary>
    /// <param name="library">"libsndfile" or "ffmpeg".</param>
    /// <exception cref="ArgumentOutOfRangeException">Another name.</exception>
    public static string HowToInstall(string library) => library switch
    {
        "libsndfile" => "Install libsndfile: on Debian and Ubuntu 'apt install libsndfile1', on macOS 'brew install libsndfile', on Windows put sndfile.dll from github.com/libsndfile/libsndfile/releases beside the program.",
        "ffmpeg" => "Install ffmpeg: on Debian and Ubuntu 'apt install ffmpeg', on macOS 'brew install ffmpeg', on Windows 'winget install Gyan.FFmpeg'.",
        _ => throw new ArgumentOutOfRangeException(nameof(library), library, "There is no such library."),
    };
}
