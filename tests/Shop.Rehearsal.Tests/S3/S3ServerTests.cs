using System.Net;
using System.Net.Sockets;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Shop.Rehearsal.Regions;
using Shop.Rehearsal.S3;

namespace Shop.Rehearsal.Tests.S3;

public sealed class S3ServerTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shop-s3-").FullName;
    private readonly RegionPower _power = new("us-west-2");
    private S3Server _server = null!;
    private AmazonS3Client _s3 = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await S3Server.StartAsync(Path.Combine(_folder, "s3"), _power);
        _s3 = new AmazonS3Client(new BasicAWSCredentials("rehearsal", "rehearsal"), new AmazonS3Config
        {
            ServiceURL = _server.Address.ToString(), ForcePathStyle = true, AuthenticationRegion = "us-west-2", MaxErrorRetry = 0,
        });
        await _s3.PutBucketAsync("reports");
    }

    public async ValueTask DisposeAsync()
    {
        _s3.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("plain.json", 17)]
    [InlineData("a/b/c/empty.ndjson", 0)]
    [InlineData("with space + plus/ünïcode ☕.csv", 3)]
    [InlineData("large.bin", 5_000_000)]
    public async Task What_was_put_is_got_byte_for_byte(string key, int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);

        var put = await _s3.PutObjectAsync(new() { BucketName = "reports", Key = key, InputStream = new MemoryStream(bytes) }, Token);
        using var got = await _s3.GetObjectAsync("reports", key, Token);
        using var content = new MemoryStream();
        await got.ResponseStream.CopyToAsync(content, Token);

        Assert.Equal(bytes, content.ToArray());
        Assert.Equal(put.ETag, got.ETag);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(_server.Folder, "reports", key), Token));
    }

    [Fact]
    public async Task A_body_that_is_not_chunked_is_stored_as_it_is()
    {
        await _s3.PutObjectAsync(new() { BucketName = "reports", Key = "k", ContentBody = "first", UseChunkEncoding = false }, Token);
        await _s3.PutObjectAsync(new() { BucketName = "reports", Key = "k", ContentBody = "second", UseChunkEncoding = false }, Token);

        Assert.Equal("second", await File.ReadAllTextAsync(Path.Combine(_server.Folder, "reports", "k"), Token));
    }

    [Fact]
    public async Task Metadata_tells_size_type_and_digest()
    {
        await _s3.PutObjectAsync(new() { BucketName = "reports", Key = "r/report.html", ContentBody = "<p>" }, Token);

        var head = await _s3.GetObjectMetadataAsync("reports", "r/report.html", Token);

        Assert.Equal(3, head.ContentLength);
        Assert.StartsWith("text/html", head.Headers.ContentType, StringComparison.Ordinal);
        Assert.Equal("\"4da1a46ec20cf93ee5c846a51e04f0ed\"", head.ETag);
    }

    [Fact]
    public async Task What_is_absent_is_not_found_and_may_be_deleted()
    {
        var key = await Assert.ThrowsAsync<NoSuchKeyException>(() => _s3.GetObjectAsync("reports", "none", Token));
        var bucket = await Assert.ThrowsAsync<AmazonS3Exception>(() => _s3.GetObjectAsync("nowhere", "none", Token));
        await _s3.DeleteObjectAsync("reports", "none/at/all", Token);

        Assert.Equal(HttpStatusCode.NotFound, key.StatusCode);
        Assert.Equal("NoSuchBucket", bucket.ErrorCode);
    }

    [Fact]
    public async Task A_deleted_object_is_gone()
    {
        await _s3.PutObjectAsync(new() { BucketName = "reports", Key = "x/y", ContentBody = "1" }, Token);
        await _s3.DeleteObjectAsync("reports", "x/y", Token);

        await Assert.ThrowsAsync<NoSuchKeyException>(() => _s3.GetObjectAsync("reports", "x/y", Token));
    }

    [Fact]
    public async Task A_listing_is_ordered_and_paged()
    {
        string[] keys = ["b/2", "a", "b/1", "c ü", "b/10"];
        foreach (var key in keys)
        {
            await _s3.PutObjectAsync(new() { BucketName = "reports", Key = key, ContentBody = key }, Token);
        }

        var listed = new List<string>();
        var request = new ListObjectsV2Request { BucketName = "reports", MaxKeys = 2 };
        ListObjectsV2Response page;
        do
        {
            page = await _s3.ListObjectsV2Async(request, Token);
            listed.AddRange(page.S3Objects.Select(o => o.Key));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);

        Assert.Equal(keys.Order(StringComparer.Ordinal), listed);
    }

    [Fact]
    public async Task A_listing_knows_prefix_and_delimiter()
    {
        foreach (var key in (string[])["r/1/report.json", "r/1/report.html", "r/2/report.json", "other"])
        {
            await _s3.PutObjectAsync(new() { BucketName = "reports", Key = key, ContentBody = "x" }, Token);
        }

        var page = await _s3.ListObjectsV2Async(new() { BucketName = "reports", Prefix = "r/", Delimiter = "/" }, Token);

        Assert.Equal(["r/1/", "r/2/"], page.CommonPrefixes);
        Assert.Null(page.S3Objects);
    }

    [Theory]
    [InlineData("GET /reports/../../secret HTTP/1.1")]
    [InlineData("GET /reports/%2e%2e/%2e%2e/secret HTTP/1.1")]
    [InlineData("GET /reports/..%2f..%2fsecret HTTP/1.1")]
    [InlineData("GET /..%2freports/secret HTTP/1.1")]
    [InlineData("GET /reports//secret HTTP/1.1")]
    [InlineData("GET /reports/a%00b HTTP/1.1")]
    [InlineData("GET /reports/..%5c..%5csecret HTTP/1.1")]
    public async Task A_key_never_leads_out_of_its_bucket(string request)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "secret"), "not yours", Token);

        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _server.Address.Port, Token);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{request}\r\nHost: x\r\nConnection: close\r\n\r\n"), Token);
        var answer = await new StreamReader(socket.GetStream()).ReadToEndAsync(Token);

        Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("not yours", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_Region_answers_nobody_and_keeps_its_objects()
    {
        await _s3.PutObjectAsync(new() { BucketName = "reports", Key = "kept", ContentBody = "still here" }, Token);

        _power.TurnOff();
        await Assert.ThrowsAnyAsync<Exception>(() => _s3.GetObjectAsync("reports", "kept", Token));
        _power.TurnOn();
        using var got = await _s3.GetObjectAsync("reports", "kept", Token);

        Assert.Equal("still here", await new StreamReader(got.ResponseStream).ReadToEndAsync(Token));
    }

    [Fact]
    public async Task Only_one_writer_creates_an_object_that_must_be_new()
    {
        var writers = Enumerable.Range(0, 8).Select(async n =>
        {
            try
            {
                await _s3.PutObjectAsync(new() { BucketName = "reports", Key = "lock", ContentBody = $"{n}", IfNoneMatch = "*" }, Token);
                return true;
            }
            catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.PreconditionFailed)
            {
                return false;
            }
        });

        Assert.Single(await Task.WhenAll(writers), won => won);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
