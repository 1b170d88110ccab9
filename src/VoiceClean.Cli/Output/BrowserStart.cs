using System.ComponentModel;
using System.Diagnostics;

namespace VoiceClean.Cli.Output;

/// <summary>Opens a page in the user's browser.</summary>
internal static class BrowserStart
{
    /// <summary>Asks the system to open an address.</summary>
    /// <param name="address">The address of a page of ours.</param>
    /// <returns>False if there is nobody to ask: no such program, or no screen.</returns>
    public static bool TryOpen(string address)
    {
        string? opener =
            OperatingSystem.IsMacOS() ? "open"
            : OperatingSystem.IsWindows() ? "explorer"
            : HasScreen ? "xdg-open"
            : null;     // xdg-open would take a browser for the terminal, and with it this terminal
        if (opener is null)
        {
            return false;
        }

        try
        {
            using var process = Process.Start(new ProcessStartInfo(opener, [address])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            return process is not null;
        }
        catch (Exception e) when (e is Win32Exception or PlatformNotSupportedException)
        {
            return false;
        }
    }

    private static bool HasScreen =>
        Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 }
        || Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 };
}
