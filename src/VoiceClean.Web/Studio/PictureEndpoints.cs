using System.Globalization;
using Microsoft.AspNetCore.Http;
using VoiceClean.Audio;
using VoiceClean.Reporting.Pictures;
using VoiceClean.Web.Http;

namespace VoiceClean.Web.Studio;

/// <summary>The routes that show recordings and renders.</summary>
/// <param name="options">The studio.</param>
/// <param name="open">What is open.</param>
internal sealed class PictureEndpoints(StudioOptions options, OpenClips open)
{
    private const string Bytes = "application/octet-stream";

    // Of the spectra [sample], the usual one first.
    private static readonly string[] FrameLengths = ["1024", "256", "512", "2048", "4096"];

    /// <summary><c>GET /api/clips/{clip}/spectrogram</c></summary>
    public Task ClipSpectrogram(HttpContext context)
    {
        ClipState input = open.Clip(ClipEndpoints.ClipId(context)).Input;
        return SendSpectrogram(context, input.SampleRate, 0, ["before"], (view, _) =>
            view.Draw(SampleReaders.Of(input.Samples), options.Processors, context.RequestAborted));
    }

    /// <summary><c>GET /api/renders/{render}/spectrogram</c></summary>
    public Task RenderSpectrogram(HttpContext context)
    {
        StudioRender render = open.Render(RenderEndpoints.RenderId(context)).Render;
        return SendSpectrogram(
            context,
            render.Input.SampleRate,
            render.Range.Start,
            ["after", "before", "residue", "gain"],
            (view, signal) => signal == "gain"
                ? view.DrawDifference(
                    render.Of(StudioSignal.Before),
                    render.Denoised,
                    options.Processors,
                    context.RequestAborted)
                : view.Draw(render.Of(SignalOf(signal)), options.Processors, context.RequestAborted));
    }

    /// <summary><c>GET /api/clips/{clip}/peaks</c></summary>
    public Task ClipPeaks(HttpContext context)
    {
        ClipState input = open.Clip(ClipEndpoints.ClipId(context)).Input;
        return SendPeaks(
            context,
            input.SampleRate,
            new SampleRange(0, input.Samples.Length),
            ["before"],
            _ => SampleReaders.Of(input.Samples));
    }

    /// <summary><c>GET /api/renders/{render}/peaks</c></summary>
    public Task RenderPeaks(HttpContext context)
    {
        StudioRender render = open.Render(RenderEndpoints.RenderId(context)).Render;
        return SendPeaks(
            context,
            render.Input.SampleRate,
            render.Range,
            ["after", "before", "residue"],
            signal => render.Of(SignalOf(signal)));
    }

    /// <summary>The signal of a word.</summary>
    internal static StudioSignal SignalOf(string word) => word switch
    {
        "before" => StudioSignal.Before,
        "residue" => StudioSignal.Residue,
        _ => StudioSignal.After,
    };

    private static Task SendSpectrogram(
        HttpContext context,
        int rate,
        int origin,
        string[] signals,
        Func<SpectrogramView, string, byte[]> draw)
    {
        var query = new StudioQuery(
            context.Request, "signal", "from", "length", "width", "height", "scale", "fft");
        string signal = query.Word("signal", signals);
        var view = new SpectrogramView(
            (query.Number("from", 0, StudioQuery.MostSeconds, null) * rate) - origin,
            query.Number("length", 0.001, StudioQuery.MostSeconds, null) * rate,
            query.Integer("width", 1, SpectrogramView.MostColumns, null),
            query.Integer("height", 1, SpectrogramView.MostRows, null),
            rate,
            query.Word("scale", "linear", "mel") == "mel",
            int.Parse(query.Word("fft", FrameLengths), CultureInfo.InvariantCulture));
        return Answer.SendAsync(context, StatusCodes.Status200OK, Bytes, draw(view, signal));
    }

    private static Task SendPeaks(
        HttpContext context,
        int rate,
        SampleRange range,
        string[] signals,
        Func<string, SampleReader> readerOf)
    {
        var query = new StudioQuery(context.Request, "signal", "from", "length", "width");
        string signal = query.Word("signal", signals);
        double from = (query.Number("from", 0, StudioQuery.MostSeconds, null) * rate) - range.Start;
        double length = query.Number("length", 0.001, StudioQuery.MostSeconds, null) * rate;
        int width = query.Integer("width", 1, SpectrogramView.MostColumns, null);
        byte[] pairs = WaveformPeaks.Of(readerOf(signal), range.Length, from, length, width);
        return Answer.SendAsync(context, StatusCodes.Status200OK, Bytes, pairs);
    }
}
