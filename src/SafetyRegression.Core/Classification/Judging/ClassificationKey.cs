using System.Security.Cryptography;
using System.Text;

namespace SafetyRegression.Classification;

/// <summary>SHA-256 over everything of a request that a judge may look at. The arm, the item's id and the label are no part of it.</summary>
internal static class ClassificationKey
{
    public static string Of(ClassificationRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(request.Expected == ExpectedBehavior.Refuse ? "refuse" : "comply");
        foreach (var message in request.Messages)
        {
            Add($"{(int)message.Role}");
            Add(message.Text);
        }

        Add("answer");
        Add(request.Answer.Text);
        Add($"{(int)request.Answer.Finish}");
        Add(request.Answer.RawFinish ?? string.Empty);
        Add(request.Answer.DeclaredRefusal ?? string.Empty);
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Add(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }
    }
}
