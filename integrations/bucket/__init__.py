"""Buckets of others that speak the S3 protocol: files are put there, and nothing else."""

from integrations.bucket.client import Bucket as Bucket
from integrations.bucket.client import BucketRefused as BucketRefused
from integrations.bucket.signature import Keys as Keys
