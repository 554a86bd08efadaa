using Shop.Ui.Backends;

namespace Shop.Ui.Visits;

internal static class Answers
{
    /// <summary>For what a page can do without: null while the back-end is unavailable. The visit knows, and says so on the page.</summary>
    public static async Task<T?> OrNothing<T>(this Task<T> call) where T : class?
    {
        try
        {
            return await call;
        }
        catch (BackendUnavailableException)
        {
            return null;
        }
    }
}
