namespace Shop.Asl.States;

/// <summary>InputType of a ReaderConfig.</summary>
internal enum ItemFormat
{
    /// <summary>One array.</summary>
    Json,

    /// <summary>A value a line.</summary>
    JsonLines,

    /// <summary>A row becomes an object of strings.</summary>
    Csv,
}
