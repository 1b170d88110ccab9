using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using VoiceClean.Errors;
using VoiceClean.Files;

namespace VoiceClean.Web.Http;

/// <summary>
/// A recording that a client sent: the body of the request, or the part "file" of a form. In a temporary file without a
/// name, because decoders seek.
/// </summary>
/// <param name="Content">Stands at its start; closed with this.</param>
/// <param name="Name">The name of the file as the client said it, without folders; null if it said none.</param>
internal sealed record BodyFile(FileStream Content, string? Name) : IDisposable
{
    private const int BlockBytes = 64 * 1024;

    // What a form needs beside the file: boundaries and headers of its parts.
    private const int FormBytes = 16 * 1024;

    /// <summary>What is known before anything is read: whether there is a body, and whether it is too long.</summary>
    /// <param name="request">The request.</param>
    /// <param name="most">Most bytes of a recording.</param>
    /// <exception cref="RefusalException">It will not be read.</exception>
    public static void CheckHeaders(HttpRequest request, long most)
    {
        ArgumentNullException.ThrowIfNull(request);
        bool isChunked = request.Headers.TransferEncoding.Count > 0;
        if (!isChunked && request.ContentLength is null or 0)
        {
            throw new RefusalException(
                ReasonCodes.EmptyFile,
                "The body is empty; send the recording as the body, or as the part 'file' of a form.");
        }

        if (request.ContentLength > most + (IsForm(request) ? FormBytes : 0))
        {
            throw TooLarge(most);
        }

        if (request.Headers.ContentEncoding is { Count: > 0 } encoding && encoding != "identity")
        {
            throw new RefusalException(
                ReasonCodes.UnsupportedFormat,
                $"The body is encoded ({encoding}); send the recording as it is.");
        }
    }

    /// <summary>Brings it in.</summary>
    /// <param name="request">The request; <see cref="CheckHeaders"/> was content with it.</param>
    /// <param name="most">Most bytes of a recording.</param>
    /// <param name="rate">How fast it must come.</param>
    /// <param name="cancellation">Stops at once.</param>
    /// <exception cref="RefusalException">It is too long, too slow, or not what its headers say.</exception>
    /// <exception cref="VoiceCleanException">There is no space for it (kind Temporary).</exception>
    /// <exception cref="OperationCanceledException">The client went away, or it was stopped.</exception>
    public static async Task<BodyFile> ReadAsync(
        HttpRequest request,
        long most,
        BodyRate rate,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var paced = new PacedStream(request.Body, rate);
        try
        {
            return IsForm(request)
                ? await ReadFormAsync(request, paced, most, cancellation).ConfigureAwait(false)
                : new BodyFile(await CopyAsync(paced, most, cancellation).ConfigureAwait(false), null);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status408RequestTimeout)
        {
            throw TooSlow();
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status400BadRequest)
        {
            // A body whose length is known can only be wrong by ending too early: the client is gone.
            throw request.ContentLength is not null || request.HttpContext.RequestAborted.IsCancellationRequested
                ? Gone()
                : new RefusalException(HttpReasons.BadBody, $"The body is malformed: {e.Message}");
        }
        catch (ConnectionResetException)
        {
            throw Gone();
        }
    }

    public void Dispose() => Content.Dispose();

    private static bool IsForm(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);

    private static async Task<BodyFile> ReadFormAsync(
        HttpRequest request,
        PacedStream paced,
        long most,
        CancellationToken cancellation)
    {
        string boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(request.ContentType).Boundary).Value
            ?? throw new RefusalException(HttpReasons.BadBody, "The form has no boundary in its Content-Type.");
        var parts = new MultipartReader(boundary, paced) { HeadersCountLimit = 16, HeadersLengthLimit = 8192 };
        BodyFile? file = null;
        try
        {
            while (await parts.ReadNextSectionAsync(cancellation).ConfigureAwait(false) is { } part)
            {
                ContentDispositionHeaderValue? disposition =
                    ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var said) ? said : null;
                string name = HeaderUtilities.RemoveQuotes(disposition?.Name ?? default).Value ?? "";
                if (name != "file" || file is not null)
                {
                    throw WrongPart(name);
                }

                file = new BodyFile(
                    await CopyAsync(part.Body, most, cancellation).ConfigureAwait(false),
                    NameOf(disposition!));
            }

            return file ?? throw new RefusalException(HttpReasons.BadBody, "The form has no part 'file'.");
        }
        catch (Exception e)
        {
            file?.Dispose();
            bool isGone = request.HttpContext.RequestAborted.IsCancellationRequested;
            throw e is InvalidDataException || (e.GetType() == typeof(IOException) && !isGone)
                ? new RefusalException(HttpReasons.BadBody, $"The form is malformed: {e.Message}")
                : e;
        }
    }

    private static RefusalException WrongPart(string name) =>
        new(HttpReasons.BadBody, name == "file"
            ? "The form has two parts 'file'; send one recording a request."
            : $"The form has a part '{name}'; the recording is the part 'file', options go into the query.");

    private static string? NameOf(ContentDispositionHeaderValue disposition)
    {
        string? said = HeaderUtilities.RemoveQuotes(
            disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value;
        string name = said?[(said.LastIndexOfAny(['/', '\\']) + 1)..] ?? "";
        return name.Length > 0 ? name : null;
    }

    private static async Task<FileStream> CopyAsync(Stream body, long most, CancellationToken cancellation)
    {
        FileStream file = CreateFile();
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            int count;
            while ((count = await body.ReadAsync(block, cancellation).ConfigureAwait(false)) > 0)
            {
                if (file.Length + count > most)
                {
                    throw TooLarge(most);
                }

                await WriteAsync(file, block.AsMemory(0, count), cancellation).ConfigureAwait(false);
            }

            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private static async Task WriteAsync(FileStream file, ReadOnlyMemory<byte> block, CancellationToken cancellation)
    {
        try
        {
            await file.WriteAsync(block, cancellation).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw OutputErrors.Describe(e, "temporary file");
        }
    }

    private static FileStream CreateFile()
    {
        try
        {
            return TemporaryFile.Create();
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, "temporary file") is { Kind: ErrorKind.Temporary } temporary
                ? temporary
                : new VoiceCleanException(
                    ErrorKind.Temporary,
                    ReasonCodes.IoError,
                    "A temporary file cannot be made.",
                    e);
        }
    }

    /// <summary>The refusal of a body that comes too slowly, or not at all.</summary>
    internal static RefusalException TooSlow() =>
        new(HttpReasons.SlowBody, "The body came too slowly; at least 16 KB a second are expected, over every 5 s.");

    private static RefusalException Gone() => new(HttpReasons.ClientGone, "The client went away.");

    private static RefusalException TooLarge(long most) =>
        new(
            ReasonCodes.TooLarge,
            FormattableString.Invariant($"The body is larger than {most:N0} bytes; ")
                + "cut the recording, or send it as FLAC.");
}
