using System.Text;
using VoiceClean.Errors;
using VoiceClean.Files;

namespace VoiceClean.Runs.Selection;

/// <summary>Lists of inputs, one a line or separated by NUL bytes (as <c>find -print0</c> writes them).</summary>
internal static class InputList
{
    /// <summary>Reads a list from a file, or from standard input if <paramref name="path"/> is "-".</summary>
    /// <param name="path">The file.</param>
    /// <param name="nulSeparated">Whether a NUL byte ends an entry, not a line end.</param>
    /// <param name="name">What the option for NUL bytes is called, for messages.</param>
    /// <param name="stop">Ends the waiting for a pipe.</param>
    /// <exception cref="InputException">Missing or not readable.</exception>
    /// <exception cref="VoiceCleanException">It holds NUL bytes and is read by lines (kind
    /// <see cref="ErrorKind.Usage"/>): no path has one.</exception>
    /// <exception cref="OperationCanceledException">Stopped while waiting.</exception>
    public static IReadOnlyList<string> Read(
        string path,
        bool nulSeparated,
        string name = "null",
        CancellationToken stop = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using Stream stream = path == "-" ? InputFile.OpenStandardInput(stop) : InputFile.Open(path, stop);
        try
        {
            IReadOnlyList<string> entries = Parse(stream, nulSeparated);
            return nulSeparated || !entries.Any(e => e.Contains('\0', StringComparison.Ordinal))
                ? entries
                : throw new VoiceCleanException(
                    ErrorKind.Usage,
                    ReasonCodes.BadOptions,
                    $"The entries of {path} are separated by NUL bytes; read it with {name}.");
        }
        catch (IOException e)
        {
            throw new InputException(ReasonCodes.IoError, $"{path} cannot be read: {SystemErrors.Say(e)}.", e);
        }
    }

    /// <summary>
    /// The entries of a list in their order; empty ones are left out. Bytes that are not UTF-8 become U+FFFD; no file
    /// has such a name, so the selection reports them as unreadable.
    /// </summary>
    public static IReadOnlyList<string> Parse(Stream stream, bool nulSeparated)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var entries = new List<string>();
        using var reader = new StreamReader(
            stream,
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            detectEncodingFromByteOrderMarks: true);
        if (nulSeparated)
        {
            foreach (string entry in reader.ReadToEnd().Split('\0'))
            {
                Add(entry);
            }
        }
        else
        {
            while (reader.ReadLine() is { } line)      // ends at \n, \r\n and \r
            {
                Add(line);
            }
        }

        return entries;

        void Add(string entry)
        {
            if (entry.Length > 0)
            {
                entries.Add(entry);
            }
        }
    }
}
