namespace VoiceClean.Files;

/// <summary>Where a path leads when every link on the way is followed.</summary>
internal static class RealPath
{
    private const int MostLinks = 64;

    /// <summary>Follows it.</summary>
    /// <param name="path">A file or a folder; need not exist.</param>
    /// <returns>An absolute path without links, as far as there is anything.</returns>
    /// <exception cref="IOException">Its links lead in a circle.</exception>
    public static string Of(string path)
    {
        string full = Path.GetFullPath(path), done = Path.GetPathRoot(full)!;
        var rest = new Stack<string>(Parts(full[done.Length..]).Reverse());
        int links = 0;
        while (rest.TryPop(out string? part))
        {
            string next = Path.Combine(done, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                done = next;
                continue;
            }

            if (++links > MostLinks)
            {
                throw new IOException($"The links of {path} lead in a circle.");
            }

            // Lexically is right here: what stands before is free of links.
            string led = Path.GetFullPath(target, done);
            done = Path.GetPathRoot(led)!;
            foreach (string behind in Parts(led[done.Length..]).Reverse())
            {
                rest.Push(behind);
            }
        }

        return done;
    }

    private static string[] Parts(string path) =>
        path.Split(
            [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar],
            StringSplitOptions.RemoveEmptyEntries);
}
