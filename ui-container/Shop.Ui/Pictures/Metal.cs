namespace Shop.Ui.Pictures;

/// <summary>A case's colour where light falls on it, in the middle, and in its own shade.</summary>
internal sealed record Metal(string Light, string Mid, string Dark)
{
    public static readonly Metal Steel = new("#f3f6f8", "#bcc5cc", "#7d8891");
    public static readonly Metal Gold = new("#f7e3ad", "#d9ab56", "#94691f");
    public static readonly Metal Rose = new("#f6d3c3", "#d09478", "#8c5440");
    public static readonly Metal Bronze = new("#dcb98a", "#a97c48", "#694621");
    public static readonly Metal Black = new("#6c757d", "#3a4148", "#1c2125");
    public static readonly Metal Wood = new("#d8a871", "#a8713d", "#6a421f");

    public static readonly IReadOnlyList<Metal> All = [Steel, Gold, Rose, Bronze, Black];
}
