using System.Globalization;
using VoiceClean.Web.Http;

namespace VoiceClean.Web.Studio;

/// <summary>
/// What is open: a few recordings, and of each the latest renders. What is opened beyond that takes the place of what
/// was used longest ago. Thread-safe.
/// </summary>
internal sealed class OpenClips : IDisposable
{
    /// <summary>Recordings that are open at a time; so many render at a time.</summary>
    public const int MostClips = 2;

    /// <summary>Renders of a recording that are kept: over the whole, and of stretches.</summary>
    public const int MostWhole = 2, MostWindows = 3;

    /// <summary>
    /// So many are kept where they are short: a page may ask for the picture of one when others that it has not heard
    /// of, since it gave them up, have come after it.
    /// </summary>
    public const int MostShort = 8;

    /// <summary>Of recordings longer than this the latest run over the whole alone is kept; renders that are shorter
    /// than this together are short [s].</summary>
    public const double LongSeconds = 150;

    private readonly Lock _guard = new();
    private readonly List<StudioClip> _clips = [];      // the one used latest stands last
    private readonly List<(StudioClip Clip, StudioRender Render)> _renders = [];
    private int _clipNumber, _renderNumber;

    /// <summary>The next id of a recording.</summary>
    public string NextClip() =>
        string.Create(CultureInfo.InvariantCulture, $"c{Interlocked.Increment(ref _clipNumber)}");

    /// <summary>The next id of a render.</summary>
    public string NextRender() =>
        string.Create(CultureInfo.InvariantCulture, $"r{Interlocked.Increment(ref _renderNumber)}");

    /// <summary>Takes one in.</summary>
    public void Add(StudioClip clip)
    {
        lock (_guard)
        {
            _clips.Add(clip);
            if (_clips.Count > MostClips)
            {
                StudioClip oldest = _clips[0];
                _clips.RemoveAt(0);
                _renders.RemoveAll(r => r.Clip == oldest);
                oldest.Dispose();
            }
        }
    }

    /// <summary>Takes one in.</summary>
    public void Add(StudioClip clip, StudioRender render)
    {
        lock (_guard)
        {
            if (!_clips.Contains(clip))
            {
                return;     // closed meanwhile
            }

            _renders.Add((clip, render));
            bool isWhole = render.Whole is not null;
            var alike = _renders.Where(r => r.Clip == clip && r.Render.Whole is not null == isWhole).ToList();
            int most = !isWhole ? MostWindows : Seconds([(clip, render)]) > LongSeconds ? 1 : MostWhole;
            while (alike.Count > (Seconds(alike) > LongSeconds ? most : MostShort))
            {
                _renders.Remove(alike[0]);
                alike.RemoveAt(0);
            }
        }
    }

    /// <summary>The recording with this id.</summary>
    /// <exception cref="RefusalException">It is not open.</exception>
    public StudioClip Clip(string id)
    {
        lock (_guard)
        {
            StudioClip clip = _clips.Find(c => c.Id == id)
                ?? throw new RefusalException(
                    HttpReasons.NotOpen,
                    $"This recording is not open; at most {MostClips} are at a time. Open it again.");
            _clips.Remove(clip);
            _clips.Add(clip);
            return clip;
        }
    }

    /// <summary>The render with this id, and the recording that it is of.</summary>
    /// <exception cref="RefusalException">It is not kept.</exception>
    public (StudioClip Clip, StudioRender Render) Render(string id)
    {
        lock (_guard)
        {
            return _renders.Find(r => r.Render.Id == id) is { Render: not null } found
                ? found
                : throw new RefusalException(HttpReasons.NotOpen, "This render is not kept any more; render it again.");
        }
    }

    private static double Seconds(IEnumerable<(StudioClip Clip, StudioRender Render)> renders) =>
        renders.Sum(r => (double)r.Render.Range.Length / r.Render.Input.SampleRate);

    public void Dispose()
    {
        lock (_guard)
        {
            _clips.ForEach(c => c.Dispose());
            _clips.Clear();
            _renders.Clear();
        }
    }
}
