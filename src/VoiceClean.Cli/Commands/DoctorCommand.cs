using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Output;
using VoiceClean.Formats.Loading;

namespace VoiceClean.Cli.Commands;

/// <summary><c>voiceclean doctor</c>: what a bug report needs.</summary>
internal static class DoctorCommand
{
    /// <summary>The command.</summary>
    public static Command Build()
    {
        var command = new Command(
            "doctor",
            "Says what is installed and what this machine can do, for a bug report.");
        command.SetAction(_ =>
        {
            var text = new StringBuilder();
            text.Append(
                $"voiceclean {Version()}, .NET "
                    + $"{Environment.Version}, {RuntimeInformation.OSDescription}, "
                    + $"{RuntimeInformation.ProcessArchitecture}\n");
            text.Append(
                Tongue.Say(
                    $"processors: {Environment.ProcessorCount}; vectors: "
                        + (Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)
                        + " bits"))
                .Append('\n');
            text.Append(Tongue.Say($"temporary files: {Path.GetTempPath()}")).Append('\n');
            Append(text, DecoderInventory.Examine(CommandDecoders.Create()));
            int? columns = Console.IsOutputRedirected ? null : Console.WindowWidth;
            StandardOutput.Write(stream => stream.Write(Encoding.UTF8.GetBytes(Fitted(text.ToString(), columns))));
            return ExitCodes.Ok;
        });
        return command;
    }

    /// <summary>The same in lines that fit a terminal; null = where there is none.</summary>
    internal static string Fitted(string text, int? columns) => columns is > 0 and { } width
        ? string.Join('\n', text.Split('\n').SelectMany(l => Wrapped.Lines(l, width, new string(' ', 11))))
        : text;

    // With the commit, by which the addresses of a crash become methods and lines again.
    private static string Version()
    {
        string said = typeof(CleaningOptions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion ?? "";
        return said.Split('+') is [var version, { Length: > 8 } commit] ? $"{version} ({commit[..8]})" : said;
    }

    private static void Append(StringBuilder text, IReadOnlyList<DecoderStatus> decoders)
    {
        IEnumerable<string> builtIn = decoders
            .Where(d => d.Purpose is null)
            .Select(d => string.Join(' ', d.Formats) + (d.Version is { } package ? $" ({package})" : ""));
        text.Append($"{Wrapped.Padded(Tongue.Say("built in"), 10)} {string.Join(" · ", builtIn)}\n");
        foreach (DecoderStatus decoder in decoders.Where(d => d.Purpose is not null))
        {
            // "libsndfile-1.2.0", "ffmpeg version 5.1.9-0+deb12u1"
            string version = decoder.Version is { } said ? said.Split(' ', '-').First(w => char.IsDigit(w[0])) : "";
            text.Append(
                decoder.IsPresent
                    ? $"{decoder.Name,-10} {version,-7} {Tongue.Say(decoder.Purpose!)}\n"
                    : $"{decoder.Name,-10} {Tongue.Say($"not installed, needed only for: {decoder.Purpose}")}\n");
            if (decoder.HowToInstall is { } how)
            {
                text.Append($"{"",-10} {Tongue.Say(how)}\n");
            }
        }
    }
}
