namespace Shop.Ui.Pictures;

/// <summary>Shapes on a ground of 400 by 400, and the metal that <c>url(#m)</c> paints.</summary>
internal sealed record Drawing(Ground Ground, Metal Metal, string Shapes, string Dial = "#fff");
