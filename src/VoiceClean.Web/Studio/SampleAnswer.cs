using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using VoiceClean.Errors;
using VoiceClean.Reporting.Pictures;
using VoiceClean.Web.Http;

namespace VoiceClean.Web.Studio;

/// <summary>Samples as an answer: 32-bit floating point, little-endian, mono, full scale ±1.</summary>
internal static class SampleAnswer
{
    private const int BlockSamples = 32 * 1024;

    /// <summary>Sends what <c>from</c> and <c>length</c> [s] in the query ask for; all of it if nothing is
    /// said.</summary>
    /// <param name="context">The request; its answer has not begun.</param>
    /// <param name="read">Reads them.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <exception cref="RefusalException">There is nothing there.</exception>
    public static async Task SendAsync(HttpContext context, SampleReader read, int count, int sampleRate)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(read);
        var query = new StudioQuery(context.Request, "from", "length");
        double from = query.Number("from", 0, StudioQuery.MostSeconds, 0);
        double length = query.Number("length", 0, StudioQuery.MostSeconds, StudioQuery.MostSeconds);
        int start = (int)Math.Min(count, Math.Round(from * sampleRate));
        int end = (int)Math.Min(count, Math.Round((from + length) * sampleRate));
        if (start >= end)
        {
            throw new RefusalException(ReasonCodes.BadOptions, "The stretch is empty, or lies behind the end.");
        }

        HttpResponse response = context.Response;
        response.ContentType = "application/octet-stream";
        response.ContentLength = (long)(end - start) * sizeof(float);
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        byte[] block = ArrayPool<byte>.Shared.Rent(BlockSamples * sizeof(float));
        try
        {
            for (int at = start; at < end; at += BlockSamples)
            {
                int some = Math.Min(BlockSamples, end - at) * sizeof(float);
                read(at, MemoryMarshal.Cast<byte, float>(block.AsSpan(0, some)));
                await response.Body.WriteAsync(block.AsMemory(0, some), context.RequestAborted)
                    .ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }
}
