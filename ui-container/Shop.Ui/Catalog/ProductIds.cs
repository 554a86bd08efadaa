namespace Shop.Ui.Catalog;

internal static class ProductIds
{
    private const int Longest = 100;

    /// <summary>Whether a product can have this id. Dots alone would name another address of a back-end.</summary>
    public static bool CanBe(string id) =>
        id.Length is > 0 and <= Longest && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~' or '@') && id.Trim('.').Length > 0;
}
