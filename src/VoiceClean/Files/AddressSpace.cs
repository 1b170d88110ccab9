namespace VoiceClean.Files;

/// <summary>Whether this process may have fewer addresses than the processor has, as under <c>ulimit -v</c>.</summary>
internal static class AddressSpace
{
    private static readonly Lazy<bool> Limited =
        new(() => OperatingSystem.IsLinux() && IsLimitedBy(ReadLines("/proc/self/limits")));

    /// <summary>True under a limit. Asked once: a limit that comes later is not seen.</summary>
    public static bool IsLimited => Limited.Value;

    /// <summary>
    /// Whether the lines of /proc/PID/limits name one: the soft limit stands behind the three words of its name.
    /// </summary>
    internal static bool IsLimitedBy(IEnumerable<string> lines) =>
        lines.Any(l =>
            l.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["Max", "address", "space", not "unlimited", ..]);

    private static string[] ReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];      // no limit that anybody can tell of
        }
    }
}
