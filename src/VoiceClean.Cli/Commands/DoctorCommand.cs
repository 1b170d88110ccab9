using System.CommandLine;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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
            Console.Out.WriteLine(
                $"voiceclean {typeof(CleaningOptions).Assembly.GetName().Version?.ToString(3)}, .NET "
                    + $"{Environment.Version}, {RuntimeInformation.OSDescription}, "
                    + $"{RuntimeInformation.ProcessArchitecture}");
            Console.Out.WriteLine(
                $"processors: {Environment.ProcessorCount}; vectors: "
                    + $"{(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)} bits");
            Console.Out.WriteLine($"temporary files: {Path.GetTempPath()}");
            WriteDecoders(DecoderInventory.Examine(CommandDecoders.Create()));
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void WriteDecoders(IReadOnlyList<DecoderStatus> decoders)
    {
        IEnumerable<string> builtIn = decoders
            .Where(d => d.Purpose is null)
            .Select(d => string.Join(' ', d.Formats) + (d.Version is { } package ? $" ({package})" : ""));
        Console.Out.WriteLine($"{"built in",-10} {string.Join(" · ", builtIn)}");
        foreach (DecoderStatus decoder in decoders.Where(d => d.Purpose is not null))
        {
            // "libsndfile-1.2.0", "ffmpeg version 5.1.9-0+deb12u1"
            string version = decoder.Version is { } said ? said.Split(' ', '-').First(w => char.IsDigit(w[0])) : "";
            Console.Out.WriteLine(
                decoder.IsPresent
                    ? $"{decoder.Name,-10} {version,-7} {decoder.Purpose}"
                    : $"{decoder.Name,-10} not installed, needed only for: {decoder.Purpose}");
            if (decoder.HowToInstall is { } how)
            {
                Console.Out.WriteLine($"{"",-10} {how}");
            }
        }
    }
}
