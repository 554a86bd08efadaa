using Shop.Catalog;
using Shop.Contracts;
using Shop.Functions.Tests.Stores;

namespace Shop.Functions.Tests.Catalog;

[Collection(StoreFixture.Name)]
public sealed class WhenTheCatalogDatabaseIsAway(StoreFixture store)
{
    [Theory]
    [InlineData("/catalogue")]
    [InlineData("/catalogue/size")]
    [InlineData("/catalogue/tags")]
    [InlineData("/catalogue/product/x")]
    public async Task Requests_are_503_and_say_when_to_come_back(string path)
    {
        using var nowhere = new ClosedPort();
        await using var catalog = await KestrelFunction.StartAsync(
            CatalogFunction.Build, store.CatalogEnvironment(("DB_READER_ENDPOINT", nowhere.Endpoint)));

        var answer = await catalog.GetAsync(path);

        Assert.Equal((503, ProblemTypes.Unavailable, "2"), (answer.Status, answer.ProblemType, answer.Header("Retry-After")));
    }

    [Fact]
    public async Task Health_tells_and_shallow_health_does_not_look()
    {
        using var nowhere = new ClosedPort();
        await using var catalog = await KestrelFunction.StartAsync(
            CatalogFunction.Build, store.CatalogEnvironment(("DB_READER_ENDPOINT", nowhere.Endpoint)));

        var deep = await catalog.GetAsync("/catalogue/health");
        var shallow = await catalog.GetAsync("/catalogue/health?shallow=true");

        Assert.Equal((503, "unavailable"), (deep.Status, deep.Json.GetProperty("dependencies").GetProperty("database").GetString()));
        Assert.Equal(200, shallow.Status);
    }

    [Fact]
    public async Task Reads_do_not_need_the_writer()
    {
        using var nowhere = new ClosedPort();
        await using var catalog = await KestrelFunction.StartAsync(
            CatalogFunction.Build, store.CatalogEnvironment(("DB_WRITER_ENDPOINT", nowhere.Endpoint)));

        Assert.Equal(200, (await catalog.GetAsync("/catalogue")).Status);
        Assert.Equal(200, (await catalog.GetAsync("/catalog/health")).Status);
    }

    [Fact]
    public async Task A_password_that_was_rotated_is_fetched_again()
    {
        store.Secrets.Set("rotated", ("catalog_app", "the old one"), ("catalog_app", StoreFixture.Password));
        await using var catalog = await KestrelFunction.StartAsync(CatalogFunction.Build, store.CatalogEnvironment(("DB_SECRET_ID", "rotated")));

        Assert.Equal(200, (await catalog.GetAsync("/catalogue")).Status);
    }

    [Fact]
    public async Task A_connection_that_the_server_has_closed_is_replaced()
    {
        await using var catalog = await KestrelFunction.StartAsync(CatalogFunction.Build, store.CatalogEnvironment());
        await catalog.GetAsync("/catalogue");
        await store.SqlAsync("KILL USER catalog_app");

        // One request may pay for finding out, the next one must not.
        await catalog.GetAsync("/catalogue");
        Assert.Equal(200, (await catalog.GetAsync("/catalogue")).Status);
    }

    [Theory]
    [InlineData("/catalogue/openapi.json")]
    [InlineData("/catalog/openapi.json")]
    public async Task The_api_describes_itself(string path)
    {
        var answer = await store.Catalog.GetAsync(path);

        var paths = answer.Json.GetProperty("paths").EnumerateObject().Select(p => p.Name.TrimEnd('/')).ToList();
        Assert.Contains("/catalogue", paths);
        Assert.Contains("/catalogue/product/{id}", paths);
    }
}
