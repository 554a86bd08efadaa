namespace Shop.Ui;

/// <summary>What the store must know, checked at start. The environment is read here and nowhere else.</summary>
public sealed record UiOptions(Uri CatalogUrl, Uri CartsUrl, Uri CheckoutUrl, Uri OrdersUrl, string Region, Uri? NoticeUrl)
{
    public static UiOptions From(IConfiguration settings)
    {
        List<string> wrong = [];
        var options = new UiOptions(
            Url("CATALOG_URL"), Url("CARTS_URL"), Url("CHECKOUT_URL"), Url("ORDERS_URL"),
            Text("AWS_REGION"),
            settings["STORE_NOTICE_URL"] is { Length: > 0 } ? Url("STORE_NOTICE_URL") : null);
        return wrong.Count == 0 ? options : throw new InvalidOperationException($"The store can't start: {string.Join("; ", wrong)}.");

        string Text(string name)
        {
            if (settings[name] is { Length: > 0 } value)
            {
                return value;
            }

            wrong.Add($"{name} is not set");
            return "";
        }

        Uri Url(string name)
        {
            var text = Text(name);
            if (Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            {
                return url;
            }

            if (text.Length > 0)
            {
                wrong.Add($"{name} must be an absolute http or https URL");
            }

            return new Uri("http://localhost/");
        }
    }
}
