using System.Text;
using VoiceClean.Errors;
using VoiceClean.Files;

namespace VoiceClean.Runs.Selection;

/// <summary>Lists of inputs, one a line or separated by NUL bytes (as <c>find -print0</c> writes them).</summary>
internal static class InputList
{
    private const int BufferLength = 1 << 14;

    /// <summary>Reads a list from a file, or from standard input if <paramref name="path"/> is "-".</summary>
    /// <param name="path">The file.</param>
    /// <param name="nulSeparated">Whether a NUL byte ends an entry, not a line end.</param>
    /// <param name="name">What the option for NUL bytes is called, for messages.</param>
    /// <param name="into">Takes the entries behind its own; null = a new list.</param>
    /// <param name="stop">Ends the waiting for a pipe.</param>
    /// <exception cref="InputException">Missing or not readable.</exception>
    /// <exception cref="VoiceCleanException">It holds NUL bytes and is read by lines (kind
    /// <see cref="ErrorKind.Usage"/>): no path has one.</exception>
    /// <exception cref="OperationCanceledException">Stopped while waiting.</exception>
    public static ListedNames Read(
        string path,
        bool nulSeparated,
        string name = "null",
        ListedNames? into = null,
        CancellationToken stop = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using Stream stream = path == "-" ? InputFile.OpenStandardInput(stop) : InputFile.Open(path, stop);
        try
        {
            ListedNames entries = Parse(stream, nulSeparated, into);
            return !entries.HaveNul
                ? entries
                : throw new VoiceCleanException(
                    ErrorKind.Usage,
                    ReasonCodes.BadOptions,
                    entries.AreNoText
                        ? $"{path} is no list of names, for it holds bytes that no text has; a recording is named by "
                            + "itself, without the option for lists."
                        : $"The entries of {path} are separated by NUL bytes; read it with {name}.");
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
    /// <param name="stream">The list.</param>
    /// <param name="nulSeparated">Whether a NUL ends an entry; else \n, \r\n and \r do.</param>
    /// <param name="into">Takes the entries behind its own; null = a new list.</param>
    public static ListedNames Parse(Stream stream, bool nulSeparated, ListedNames? into = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        into ??= new ListedNames();
        using var reader = new StreamReader(
            stream,
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            detectEncodingFromByteOrderMarks: true,
            BufferLength);
        char[] text = new char[2 * BufferLength];
        int begun = 0;                             // characters of an entry whose end is still to come
        for (int read; (read = reader.Read(text, begun, text.Length - begun)) > 0;)
        {
            int start = 0, length = begun + read;
            for (int end; (end = EndIn(text.AsSpan(begun, length - begun), nulSeparated)) >= 0; start = begun)
            {
                into.Add(text.AsSpan(start, begun + end - start));
                begun += end + 1;
            }

            text.AsSpan(start, length - start).CopyTo(text);
            begun = length - start;
            if (begun == text.Length)
            {
                Array.Resize(ref text, 2 * begun);
            }
        }

        into.Add(text.AsSpan(0, begun));
        return into;
    }

    private static int EndIn(ReadOnlySpan<char> text, bool nulSeparated) =>
        nulSeparated ? text.IndexOf('\0') : text.IndexOfAny('\n', '\r');
}
