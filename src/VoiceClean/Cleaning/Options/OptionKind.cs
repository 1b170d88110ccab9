namespace VoiceClean.Cleaning.Options;

/// <summary>What kind of value an option takes; decides how it is written and what a form shows for it.</summary>
internal enum OptionKind
{
    /// <summary>A number, perhaps with a unit: "0.4", "-16LUFS", "48kHz".</summary>
    Number,

    /// <summary>A time: "500ms", "0.5s", "2min", "4h"; a bare number is seconds.</summary>
    Duration,

    /// <summary>A share: "1%" or 0.01.</summary>
    Share,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>Several names, comma-separated.</summary>
    List,

    /// <summary>On or off.</summary>
    Switch,

    /// <summary>A file or a folder.</summary>
    Path,

    /// <summary>Anything else; the sentence of the option says what.</summary>
    Text,
}

/// <summary>The use cases in which an option means something.</summary>
[Flags]
internal enum OptionScope
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Cleaning one recording.</summary>
    Clean = 1,

    /// <summary>Cleaning many recordings.</summary>
    Batch = 2,

    /// <summary>Measuring and judging recordings.</summary>
    Inspect = 4,

    /// <summary>Making a training set.</summary>
    Dataset = 8,

    /// <summary>Checking a training set.</summary>
    Check = 16,

    /// <summary>Cleaning for others, over HTTP.</summary>
    Serve = 32,

    /// <summary>Showing what runs did.</summary>
    Report = 64,

    /// <summary>Hearing, seeing and tuning on a page.</summary>
    Studio = 128,

    /// <summary>Every use case that cleans.</summary>
    Cleaning = Clean | Batch | Dataset,

    /// <summary>Every use case that works on many recordings.</summary>
    Many = Batch | Inspect | Dataset,

    /// <summary>Every use case that works on recordings.</summary>
    Work = Clean | Batch | Inspect | Dataset | Check,

    /// <summary>All of them.</summary>
    All = Work | Serve | Report | Studio,
}
