using System.Text.Json;

namespace Niche.Bittensor.Tests.Vectors;

public class ExtractTests
{
    [Fact]
    public void The_extract_says_the_same_as_the_full_vector_set()
    {
        var full = VectorFile.Full();
        foreach (var property in VectorFile.Extract.EnumerateObject())
        {
            if (property.Name is "about" or "pythonSide") continue;
            Assert.True(JsonElement.DeepEquals(property.Value, full.GetProperty(property.Name)), property.Name);
        }

        foreach (var property in VectorFile.Extract.GetProperty("pythonSide").EnumerateObject())
            Assert.True(JsonElement.DeepEquals(property.Value, full.GetProperty("pythonSide").GetProperty(property.Name)), property.Name);
    }
}
