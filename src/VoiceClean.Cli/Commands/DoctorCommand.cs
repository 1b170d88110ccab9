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
            foreach (DecoderStatus decoder in DecoderInventory.Examine())
            {
                Console.Out.WriteLine(
                    $"decoder {decoder.Name}: {(decoder.IsPresent ? decoder.Version ?? "built in" : "missing")}; reads "
                        + $"{string.Join(", ", decoder.Formats)}");
                if (decoder.HowToInstall is { } how)
                {
                    Console.Out.WriteLine($"  {how}");
                }
            }

            return ExitCodes.Ok;
        });
        return command;
    }
}
