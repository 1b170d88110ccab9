using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using VoiceClean.Errors;

namespace VoiceClean.Files;

/// <summary>
/// Publishes files so that their name only ever shows a complete one: a temporary file in the same folder is written,
/// flushed to disk and renamed. Whatever fails on the way, nothing is left behind and an older file of that name is
/// untouched.
/// </summary>
internal static class AtomicFile
{
    /// <summary>What the names of temporary files begin with.</summary>
    public const string Prefix = ".vc-";

    private const string Suffix = ".tmp";
    private const int Attempts = 16, MarkLength = 4, ChanceLength = 8;
    private static readonly ConcurrentDictionary<string, bool> Unfinished = new(StringComparer.Ordinal);
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Writes one file.</summary>
    /// <param name="path">Where it shall appear; its folder must exist.</param>
    /// <param name="overwrite">Whether a file there may be replaced; if not, an existing one is never touched, not even
    /// in a race.</param>
    /// <param name="write">Writes the content; the stream is unbuffered and cannot be read. File system failures it
    /// throws count as failures to write.</param>
    /// <param name="files">The disk; null = the real one.</param>
    /// <exception cref="OutputException">The target exists, is not permitted, has too long a name …</exception>
    /// <exception cref="VoiceCleanException">Temporary: no space, I/O error.</exception>
    public static void Write(string path, bool overwrite, Action<Stream> write, IOutputFiles? files = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        files ??= DiskFiles.Instance;
        string? temporary = null;              // set once the file is ours to remove
        try
        {
            (temporary, Stream stream) = CreateTemporary(files, path);
            using (stream)
            {
                write(stream);
                files.FlushToDisk(stream);
            }

            if (overwrite)
            {
                files.Replace(temporary, path);
            }
            else
            {
                files.PublishNew(temporary, path);
            }

            Unfinished.TryRemove(temporary, out _);
        }
        catch (Exception e)
        {
            Remove(files, temporary);
            if (OutputErrors.IsFileSystemFailure(e))
            {
                throw OutputErrors.Describe(e, path);
            }

            throw;
        }
    }

    /// <summary>
    /// Fails now, as <see cref="Write"/> would later, if no file can be made in the folder of <paramref name="path"/>:
    /// before hours of work, not after.
    /// </summary>
    /// <param name="path">Where a file shall appear later.</param>
    /// <param name="files">The disk; null = the real one.</param>
    /// <exception cref="VoiceCleanException">As for <see cref="Write"/>.</exception>
    /// <returns>What the clock of the file system says (UTC): that of a server may go otherwise than ours.</returns>
    public static DateTime CheckWritable(string path, IOutputFiles? files = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        files ??= DiskFiles.Instance;
        try
        {
            (string temporary, Stream stream) = CreateTemporary(files, path);
            stream.Dispose();
            DateTime now = File.GetLastWriteTimeUtc(temporary);
            files.Delete(temporary);
            Unfinished.TryRemove(temporary, out _);
            return now;
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, path);
        }
    }

    /// <summary>
    /// Removes the temporary files of all writes that are going on, for a process that ends without waiting for them.
    /// </summary>
    public static void RemoveUnfinished()
    {
        foreach (string temporary in Unfinished.Keys)
        {
            Remove(DiskFiles.Instance, temporary);
        }
    }

    /// <summary>
    /// True if a file of this name (without folder) is one of our temporary files; a batch removes stale ones.
    /// </summary>
    public static bool IsTemporaryName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        int digits = name.Length - Prefix.Length - Suffix.Length;
        return digits is ChanceLength or MarkLength + ChanceLength
            && name.StartsWith(Prefix, StringComparison.Ordinal)
            && name.EndsWith(Suffix, StringComparison.Ordinal)
            && !name.AsSpan(Prefix.Length, digits).ContainsAnyExcept(HexDigits);
    }

    /// <summary>True if a temporary file of this name is one of the writer with a mark.</summary>
    /// <param name="name">For which <see cref="IsTemporaryName"/> is true.</param>
    /// <param name="mark">See <see cref="IOutputFiles.Mark"/>; what has none is nobody's.</param>
    public static bool IsMarked(string name, string mark) =>
        mark.Length > 0
        && name.Length == Prefix.Length + MarkLength + ChanceLength + Suffix.Length
        && name.AsSpan(Prefix.Length).StartsWith(mark, StringComparison.Ordinal);

    private static (string Path, Stream Stream) CreateTemporary(IOutputFiles files, string path)
    {
        string folder = Path.GetDirectoryName(path) is { } d
            ? d
            : throw new OutputException(ReasonCodes.OutputExists, $"'{path}' is a folder; name a file in it.");
        for (int attempt = 1; ; attempt++)
        {
            // The name is chance, the content is not: two programs may publish into one folder.
            string chance = Random.Shared.NextInt64(1L << 32).ToString("x8", CultureInfo.InvariantCulture);
            string temporary = Path.Combine(folder, Prefix + files.Mark + chance + Suffix);
            Unfinished[temporary] = true;
            try
            {
                return (temporary, files.Create(temporary));
            }
            catch (IOException) when (attempt < Attempts && File.Exists(temporary))
            {
                Unfinished.TryRemove(temporary, out _);     // another's
            }
            catch
            {
                Unfinished.TryRemove(temporary, out _);
                throw;
            }
        }
    }

    private static void Remove(IOutputFiles files, string? temporary)
    {
        if (temporary is null)
        {
            return;
        }

        try
        {
            files.Delete(temporary);
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            // The first failure is the one to report; the next run removes what is left.
        }

        Unfinished.TryRemove(temporary, out _);
    }
}
