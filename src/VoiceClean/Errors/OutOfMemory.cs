namespace VoiceClean.Errors;

/// <summary>What is said when the memory does not suffice: it may the next time, or with less at a time.</summary>
internal static class OutOfMemory
{
    /// <summary>One sentence, made before it is needed.</summary>
    public const string Sentence =
        "There is not enough memory; end other programs, do less at a time, or raise the limit (ulimit -v).";

    // ENOMEM of Linux and macOS, which is what a map of a file fails with where the address space is limited.
    private const int NoMemory = 12;

    private static volatile bool _hasHappened;

    /// <summary>
    /// Whether it has happened in this process. What the runtime does afterwards on its way out may fail too.
    /// </summary>
    public static bool HasHappened => _hasHappened;

    /// <summary>Whether an exception comes from a lack of memory; takes note of it.</summary>
    public static bool IsCause(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is OutOfMemoryException or InsufficientMemoryException
                || (exception is IOException { HResult: NoMemory } && !OperatingSystem.IsWindows()))
            {
                _hasHappened = true;
                return true;
            }
        }

        return false;
    }
}
